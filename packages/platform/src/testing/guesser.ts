import { createHash } from 'node:crypto';
import { canonicalHash } from '../audit/hash.ts';

type Query = <Row>(sql: string) => Promise<Row[]>;

const ALGORITHMS = ['sha256', 'sha1', 'md5', 'sha512'];
const JOINS = ['', ',', '|', ':', '/', ' ', '\0', '-'];

const digests = (text: string): Buffer[] => ALGORITHMS.map((name) => createHash(name).update(text).digest());
/** A digest as a column may hold it: whole or its first half, in any writing. */
const writings = (digest: Buffer): string[] =>
  [digest, digest.subarray(0, 16)].flatMap((bytes) =>
    (['hex', 'base64', 'base64url'] as const).map((writing) => bytes.toString(writing)),
  );

/**
 * Looks through every column of a database for what someone who has a dump of it could compute from a sensitive value
 * and what else the dump says: hashes of the value alone, with another cell of its row, or of a whole request that holds
 * it. @returns the columns that hold such a thing, or the value itself
 */
export async function guessableColumns(
  query: Query,
  sensitive: readonly string[],
  requests: readonly unknown[],
): Promise<string[]> {
  const fixed = new Set([
    ...sensitive.flatMap(digests).flatMap(writings),
    ...requests.flatMap((request) => writings(canonicalHash(request))),
    ...requests.flatMap((request) => digests(JSON.stringify(request))).flatMap(writings),
  ]);
  const columns = await query<{ table: string; columns: string[] }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS "table", array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'platform') AND has_table_privilege(c.oid, 'SELECT') GROUP BY 1`,
  );
  const found = new Set<string>();
  for (const { table, columns: names } of columns) {
    const cells = names.map((name) => `"${name}"::text`);
    const rows = await query<{ row: (string | null)[] }>(`SELECT ARRAY[${cells.join(', ')}] AS row FROM ${table}`);
    for (const { row } of rows) {
      const plain = row.map((text) => (text ?? '').replace(/^\\x/, ''));
      const withOthers = new Set(
        plain
          .filter((text) => text !== '' && text.length < 100)
          .flatMap((text) =>
            sensitive.flatMap((value) => JOINS.flatMap((join) => [`${value}${join}${text}`, `${text}${join}${value}`])),
          )
          .map((text) => createHash('sha256').update(text).digest('hex')),
      );
      plain.forEach((text, at) => {
        const says = sensitive.some((value) => text.includes(value));
        if (says || fixed.has(text) || withOthers.has(text)) found.add(`${table}.${names[at]}`);
      });
    }
  }
  return [...found].sort();
}
