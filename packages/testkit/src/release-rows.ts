import pg from 'pg';

/** A table as a release left it: its columns with their types, and its rows, each the texts of its values as JSON. */
export interface KeptTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly string[];
}

/** The schemas whose rows a release keeps; the job queue's own are made again. */
const SCHEMAS = ['public', 'platform'];
const HISTORIES = ['public._prisma_migrations', 'platform.migration'];
const BATCH = 2000;

const quoted = (name: string) => name.split('.').map(pg.escapeIdentifier).join('.');

/** The tables of a database with the columns that can be written, in order. */
async function tablesOf(client: pg.Client): Promise<(Omit<KeptTable, 'rows'> & { readonly key: string[] })[]> {
  const { rows } = await client.query<Omit<KeptTable, 'rows'> & { key: string[] }>(
    `SELECT n.nspname || '.' || c.relname AS name,
            json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
                     ORDER BY a.attnum) AS columns,
            coalesce((SELECT array_agg(k.attname::text ORDER BY k.attnum) FROM pg_index i
                        JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
                       WHERE i.indrelid = c.oid AND i.indisprimary), '{}') AS key
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      GROUP BY c.oid, n.nspname, c.relname ORDER BY 1`,
    [SCHEMAS],
  );
  return rows;
}

/** A row as texts, which lose nothing: a JSON null is another thing than no value. */
const texts = (columns: readonly string[]) =>
  `to_jsonb(ARRAY[${columns.map((column) => `${pg.escapeIdentifier(column)}::text`).join(', ')}]::text[])`;

/** Reads every table of a database, the migration histories apart. */
export async function readTables(client: pg.Client): Promise<KeptTable[]> {
  await client.query(`SET TIME ZONE 'UTC'`);
  const kept: KeptTable[] = [];
  for (const { name, columns, key } of await tablesOf(client)) {
    if (HISTORIES.includes(name)) continue;
    const order = key.length > 0 ? `ORDER BY ${key.map(pg.escapeIdentifier).join(', ')}` : '';
    const row = texts(columns.map((column) => column.name));
    const { rows } = await client.query<{ row: string }>(`SELECT ${row}::text AS row FROM ${quoted(name)} ${order}`);
    if (rows.length > 0) kept.push({ name, columns, rows: rows.map((each) => each.row) });
  }
  return kept;
}

/** Writes kept rows into the tables of their release, in the place of what its migrations put there. */
export async function writeTables(client: pg.Client, tables: readonly KeptTable[]): Promise<void> {
  await client.query(`SET TIME ZONE 'UTC'`);
  await client.query('BEGIN');
  // Neither triggers nor foreign keys: the rows come in any order and are right already.
  await client.query('SET LOCAL session_replication_role = replica');
  for (const { name, columns, rows } of tables) {
    await client.query(`DELETE FROM ${quoted(name)}`);
    const values = columns.map(({ type }, at) => `(r ->> ${at})::${type}`).join(', ');
    for (let at = 0; at < rows.length; at += BATCH) {
      await client.query(
        `INSERT INTO ${quoted(name)} (${columns.map((column) => pg.escapeIdentifier(column.name)).join(', ')})
         OVERRIDING SYSTEM VALUE SELECT ${values} FROM jsonb_array_elements($1::jsonb) r`,
        [`[${rows.slice(at, at + BATCH).join(',')}]`],
      );
    }
    for (const column of columns) {
      const { rows: found } = await client.query<{ sequence: string | null }>(
        'SELECT pg_get_serial_sequence($1, $2) AS sequence',
        [quoted(name), column.name],
      );
      const sequence = found[0]?.sequence;
      if (!sequence) continue;
      await client.query(
        `SELECT setval($1, greatest((SELECT max(${pg.escapeIdentifier(column.name)}) FROM ${quoted(name)}), 1))`,
        [sequence],
      );
    }
  }
  await client.query('COMMIT');
}

/** Rows of a table that are no longer there as a release left them, and in which columns. */
export interface TableDifference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

/**
 * Compares a database with the rows a release left, in the columns it had.
 * @param onPurpose columns as `schema.table.column`, or tables as `schema.table`, that a migration changes on purpose
 */
export async function differences(
  client: pg.Client,
  tables: readonly KeptTable[],
  onPurpose: ReadonlySet<string>,
): Promise<TableDifference[]> {
  const today = new Map((await tablesOf(client)).map((table) => [table.name, table]));
  const found: TableDifference[] = [];
  for (const { name, columns, rows } of tables) {
    if (onPurpose.has(name)) continue;
    const there = new Set(today.get(name)?.columns.map((column) => column.name));
    const kept = columns.map((column, at) => ({ ...column, at }));
    const expected = kept.filter((column) => !onPurpose.has(`${name}.${column.name}`));
    const gone = expected.filter((column) => !there.has(column.name));
    if (gone.length > 0) {
      found.push({ table: name, columns: gone.map((column) => column.name), rows: rows.length });
      continue;
    }
    const changed: string[] = [];
    const missing = await countMissing(client, name, expected, rows);
    if (missing === 0) continue;
    for (const column of expected) {
      if ((await countMissing(client, name, [column], rows)) > 0) changed.push(column.name);
    }
    found.push({ table: name, columns: changed, rows: missing });
  }
  return found;
}

/** How many kept rows are not in the table, looking at some of their columns. */
async function countMissing(
  client: pg.Client,
  table: string,
  columns: readonly { readonly name: string; readonly at: number }[],
  rows: readonly string[],
): Promise<number> {
  const kept = `to_jsonb(ARRAY[${columns.map(({ at }) => `r ->> ${at}`).join(', ')}]::text[])`;
  const { rows: counted } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT ${kept} FROM jsonb_array_elements($1::jsonb) r
                                     EXCEPT SELECT ${texts(columns.map((column) => column.name))} FROM ${quoted(table)}) x`,
    [`[${rows.join(',')}]`],
  );
  return counted[0]?.n ?? 0;
}
