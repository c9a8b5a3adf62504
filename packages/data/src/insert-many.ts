import type { Insertable, InsertQueryBuilder, InsertResult, Kysely } from 'kysely';

/** PostgreSQL takes so many values in one statement. */
const MOST_VALUES = 65_535;
/** Larger statements hold up the process while they are made. */
const MOST_ROWS = 1000;

/**
 * Writes rows of one table, however many, in statements of a moderate size; all have the columns of the first.
 * @param completed what else the statements say, such as what becomes of rows that are there
 */
export async function insertMany<Tables, Table extends keyof Tables & string>(
  sql: Kysely<Tables>,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
  completed: (
    insert: InsertQueryBuilder<Tables, Table, InsertResult>,
  ) => InsertQueryBuilder<Tables, Table, InsertResult> = (insert) => insert,
): Promise<void> {
  const columns = Math.max(1, Object.keys(rows[0] ?? {}).length);
  const portion = Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columns));
  for (let at = 0; at < rows.length; at += portion) {
    await completed(sql.insertInto(table).values(rows.slice(at, at + portion))).execute();
  }
}
