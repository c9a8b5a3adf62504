import { escapeIdentifier, type Pool, type PoolClient } from '@bangfu/data/pool';
import type { SealedColumn } from './cipher.ts';

/** A column of sealed values as the database's catalogue has it. */
export interface SealedPlace {
  /** What its values are bound to; of a history, the table whose earlier rows it keeps. */
  readonly column: SealedColumn;
  /** The table's name as SQL, with its schema. */
  readonly relation: string;
  /** The expression, over the table as `t`, of a row's key as `recordOf` writes it. */
  readonly record: string;
}

/** Tables of earlier rows: their values stay sealed for the row that they were of, by its `id`. */
const HISTORY = /_history$/;

/**
 * Every column of sealed values in a database, found by its name: `…_sealed`. A table without a primary key is none of
 * ours (a copy someone made): there is nothing to bind its values to.
 */
export async function sealedPlaces(client: Pool | PoolClient): Promise<SealedPlace[]> {
  const { rows } = await client.query<{ schema: string; table: string; column: string; key: string[] | null }>(
    `SELECT n.nspname AS schema, c.relname AS "table", a.attname AS "column",
       (SELECT array_agg(k.attname::text ORDER BY array_position(i.indkey::int2[], k.attnum)) FROM pg_index i
          JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary) AS key
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE n.nspname IN ('public', 'platform') AND c.relkind = 'r' AND a.attname LIKE '%\\_sealed'
       AND a.atttypid = 'bytea'::regtype
     ORDER BY 1, 2, 3`,
  );
  return rows.flatMap(({ schema, table, column, key }) => {
    if (!key) return [];
    const bound = HISTORY.test(table) ? ['id'] : key;
    return [
      {
        column: { table: table.replace(HISTORY, ''), column },
        relation: `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`,
        record: bound.map((each) => `t.${escapeIdentifier(each)}::text`).join(` || '/' || `),
      },
    ];
  });
}
