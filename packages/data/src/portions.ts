import type { Pool } from './pool.ts';

/** Pages of a table that are read at once: some thousand rows, a short moment of this process. */
const PAGES = 64;
const PAGE_BYTES = 8192;

/**
 * Reads a table in portions by where its rows lie, each from its own moment: no position is kept and nothing is held
 * meanwhile. Rows that are changed between move to the end and are met again.
 * @param relation the table's name as SQL @param select the query of a portion; the range is a condition on `t.ctid`
 */
export async function* inPortions<Row extends object>(
  pool: Pool,
  relation: string,
  select: (range: string) => string,
): AsyncGenerator<Row[], void> {
  for (let page = 0; ; page += PAGES) {
    const { rows: size } = await pool.query<{ pages: number }>(
      `SELECT pg_relation_size($1::regclass) / ${PAGE_BYTES} AS pages`,
      [relation],
    );
    if (page >= Number(size[0]?.pages ?? 0)) return;
    const { rows } = await pool.query<Row>(
      select(`t.ctid >= '(${page},0)'::tid AND t.ctid < '(${page + PAGES},0)'::tid`),
    );
    if (rows.length > 0) yield rows;
  }
}
