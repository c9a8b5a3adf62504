import { escapeIdentifier, type Pool } from '@bangfu/data/pool';
import { inPortions } from '@bangfu/data/portions';
import type { Cipher } from './cipher.ts';

/** What a content's hash becomes before it is kept beside what else is known of the content. */
export type KeyHash = (hash: Uint8Array) => string;

const MARK = 'hmac:';

/**
 * Keys a hash of content that holds sensitive values: from the bare hash, with the rest of the content known, a telephone
 * or a position is found by trying them all. `purpose` separates what the hashes are for.
 */
export const keyedHash = (cipher: Pick<Cipher, 'digest'>, purpose: Parameters<Cipher['digest']>[0]): KeyHash => {
  return (hash) => `${MARK}${cipher.digest(purpose, Buffer.from(hash).toString('hex')).toString('hex')}`;
};

/** A column of keyed hashes. Earlier releases kept bare ones, in hexadecimal digits. */
export interface HashColumn {
  readonly table: string;
  readonly column: string;
  readonly purpose: Parameters<Cipher['digest']>[0];
}

/** The hashes of requests, in every database. */
export const REQUEST_HASH: HashColumn = { table: 'idempotency_key', column: 'request_hash', purpose: 'request' };

/** Keys the bare hashes that earlier releases kept, so that repeats are still known; returns how many. */
export async function keyHashes(pool: Pool, cipher: Cipher, columns: readonly HashColumn[]): Promise<number> {
  let keyed = 0;
  for (const { table, column, purpose } of columns) {
    const keep = keyedHash(cipher, purpose);
    const [relation, name] = [escapeIdentifier(table), escapeIdentifier(column)];
    const bare = (range: string) =>
      `SELECT t.ctid::text AS place, t.${name} AS hash FROM ${relation} t WHERE ${range} AND t.${name} ~ '^[0-9a-f]{64}$'`;
    for await (const rows of inPortions<{ place: string; hash: string }>(pool, relation, bare)) {
      const { rowCount } = await pool.query(
        `UPDATE ${relation} t SET ${name} = g.keyed FROM unnest($1::text[]::tid[], $2::text[], $3::text[]) AS g (place, bare, keyed)
         WHERE t.ctid = g.place AND t.${name} = g.bare`,
        [
          rows.map(({ place }) => place),
          rows.map(({ hash }) => hash),
          rows.map(({ hash }) => keep(Buffer.from(hash, 'hex'))),
        ],
      );
      keyed += rowCount ?? 0;
    }
  }
  return keyed;
}
