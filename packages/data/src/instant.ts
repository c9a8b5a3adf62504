import { type Expression, type RawBuilder, sql } from 'kysely';

const FORMAT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** An instant's column as JSON carries it (RFC 3339, UTC, milliseconds); what a contract's Instant reads. */
export const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', ${FORMAT})`;

/** As `instant`, of an expression; null where that may be null. */
export const instantOf = <At extends Date | null>(
  of: Expression<At>,
): RawBuilder<null extends At ? string | null : string> => sql`to_char(${of} at time zone 'UTC', ${sql.raw(FORMAT)})`;
