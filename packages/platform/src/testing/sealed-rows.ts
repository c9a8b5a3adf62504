import type pg from 'pg';
import type { Cipher } from '../secrets/cipher.ts';
import type { SealedPlace } from '../secrets/sealed-places.ts';

/** A value for a column of any type; another for each `n`. */
const VALUES: Readonly<Record<string, (n: number) => unknown>> = {
  uuid: (n) => `01a20468-32ad-7d75-9ac5-${String(n).padStart(12, '0')}`,
  text: (n) => `text ${n}`,
  bool: () => true,
  date: () => '2026-01-01',
  timestamptz: () => '2026-01-01T00:00:00Z',
  jsonb: () => '{}',
  json: () => '{}',
  bytea: (n) => Buffer.from(`bytes ${n}`),
  _text: () => [],
  _uuid: () => [],
};
const valueOf = (type: string, n: number) => (VALUES[type] ?? (() => n))(n);

/**
 * Puts a row into a table, with something in every column that asks for it; as the server's superuser, who is held by no
 * foreign key. @param record an expression over `t` @returns its value, such as what sealed values are bound to
 */
export async function putRow(
  client: pg.Client,
  { relation, record }: Pick<SealedPlace, 'relation' | 'record'>,
  n: number,
  given: Record<string, unknown>,
) {
  const { rows: columns } = await client.query<{ name: string; type: string; asks: boolean; isKey: boolean }>(
    `SELECT a.attname AS name, t.typname AS type, a.attnum = ANY (i.indkey) AS "isKey",
       a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS asks
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
       JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum`,
    [relation],
  );
  const wanted = columns.filter(({ name, asks, isKey }) => asks || isKey || name in given);
  await client.query(`SET session_replication_role = replica`);
  const { rows } = await client.query<{ record: string }>(
    `INSERT INTO ${relation} AS t (${wanted.map(({ name }) => `"${name}"`).join(', ')})
     VALUES (${wanted.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING ${record} AS record`,
    wanted.map(({ name, type }) => given[name] ?? valueOf(type, n)),
  );
  return rows[0]?.record ?? '';
}

/** Puts two rows into a table, with a value sealed for each in all its sealed columns. */
export async function putSealedPair(
  client: pg.Client,
  cipher: Cipher,
  places: readonly [SealedPlace, ...SealedPlace[]],
  n: number,
) {
  const put = async (each: number) => {
    const empty = Object.fromEntries(places.map(({ column }) => [column.column, Buffer.alloc(0)]));
    const record = await putRow(client, places[0], each, empty);
    for (const place of places) {
      await setSealed(client, place, record, cipher.seal(place.column, record, `secret ${each}`));
    }
    return record;
  };
  return [await put(n), await put(n + 1)] as const;
}

/** What lies in a sealed column of a record. */
export async function sealedOf(client: pg.Client, { column, relation, record }: SealedPlace, id: string) {
  const { rows } = await client.query<{ sealed: Buffer }>(
    `SELECT t.${column.column} AS sealed FROM ${relation} t WHERE ${record} = $1`,
    [id],
  );
  return rows[0]?.sealed ?? Buffer.alloc(0);
}

/** Puts something into a sealed column of a record, as nobody but the database's owner could. */
export async function setSealed(client: pg.Client, { column, relation, record }: SealedPlace, id: string, to: Buffer) {
  await client.query(`UPDATE ${relation} t SET ${column.column} = $2 WHERE ${record} = $1`, [id, to]);
}
