import { type Expression, type RawBuilder, sql } from 'kysely';

const FORMAT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** An instant's column as JSON carries it (RFC 3339, UTC, milliseconds); what a contract's Instant reads. */
export const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', ${FORMAT})`;

/** As `instant`, of an expression. */
export const instantOf = (of: Expression<unknown>): RawBuilder<string> =>
  sql<string>`to_char(${of} at time zone 'UTC', ${sql.raw(FORMAT)})`;
