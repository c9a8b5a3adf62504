import type { Insertable, Kysely } from 'kysely';

/** PostgreSQL takes so many values in one statement. */
const MOST_VALUES = 65_535;
/** Larger statements hold up the process while they are made. */
const MOST_ROWS = 1000;

/** Writes rows of one table, however many, in statements of a moderate size; all have the columns of the first. */
export async function insertMany<Tables, Table extends keyof Tables & string>(
  sql: Kysely<Tables>,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  const columns = Math.max(1, Object.keys(rows[0] ?? {}).length);
  const portion = Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columns));
  for (let at = 0; at < rows.length; at += portion) {
    await sql
      .insertInto(table)
      .values(rows.slice(at, at + portion))
      .execute();
  }
}
