import { createSecretKey } from 'node:crypto';
import { ConfigError } from '../config/config.ts';
import { inTransaction, type Pool, type PoolClient } from '@bangfu/data/pool';
import {
  type Cipher,
  firstIndexKey,
  makeCipher,
  ownIndexKey,
  SealBroken,
  type SealedColumn,
  sealedBy,
  sealedColumn,
} from './cipher.ts';
import type { DataKeys } from './data-keys.ts';
import { sealedPlaces } from './sealed-places.ts';

const KEPT = sealedColumn('kept_secret', 'value_sealed');
const CANARY = 'canary';
const INDEX_KEY = 'index-key';
/** Any fixed number: it names the lock under which a database gets its canary, once. */
const CANARY_LOCK = 7_303_001;
/** As many values of each column are tried before a key is taken for the right one. */
const PROBED = 3;

/** What a canary says: the oldest form a value of its database may have. */
interface Canary {
  readonly form: 1 | 2;
}

/**
 * The cipher of a service's database. A database that has no canary yet gets one, after some of what is sealed there
 * opened with the given keys. @param probeFiles reads one file of the service's store; throws when no key opens it
 * @throws ConfigError saying what to do when the keys are not those of this database; nothing is changed then
 */
export async function openCipher(
  pool: Pool,
  database: string,
  keys: DataKeys,
  probeFiles: () => Promise<void> = async () => {},
): Promise<Cipher> {
  const kept = (await readKept(pool)) ?? (await keepFirst(pool, database, keys, probeFiles));
  // What is kept itself is always bound to its place, and needs no index.
  const opener = makeCipher({ database, keys, indexKey: ownIndexKey(keys.current, database), opensFirstForm: false });
  const open = (name: string) => {
    const sealed = kept.get(name);
    if (!sealed) throw wrongKeys(database, keys, `kept_secret: ${name}`);
    try {
      return opener.open(KEPT, name, sealed);
    } catch (error) {
      if (error instanceof SealBroken) throw wrongKeys(database, keys, sealedBy(sealed));
      throw error;
    }
  };
  const { form } = JSON.parse(open(CANARY)) as Canary;
  const indexKey = createSecretKey(Buffer.from(open(INDEX_KEY), 'base64'));
  return makeCipher({ database, keys, indexKey, opensFirstForm: form === 1 });
}

/** Whether a sealed value is the one that says what may be opened. */
export const isCanary = ({ table }: SealedColumn, record: string): boolean => table === KEPT.table && record === CANARY;

/** Whether everything in a database is sealed in today's form with the current key, as its canary says. */
export async function isAllCurrent(pool: Pool, cipher: Cipher): Promise<boolean> {
  const canary = (await readKept(pool))?.get(CANARY);
  if (!canary?.subarray(0, cipher.currentHeader.length).equals(cipher.currentHeader)) return false;
  return (JSON.parse(cipher.open(KEPT, CANARY, canary)) as Canary).form === 2;
}

/** Notes that everything in a database is sealed in today's form with the current key. */
export async function noteAllCurrent(pool: Pool, cipher: Cipher): Promise<void> {
  await pool.query('UPDATE platform.kept_secret SET value_sealed = $2, recorded_at = now() WHERE name = $1', [
    CANARY,
    cipher.seal(KEPT, CANARY, JSON.stringify({ form: 2 } satisfies Canary)),
  ]);
}

/** What a database keeps of its keys; null when it keeps nothing yet. */
async function readKept(client: Pool | PoolClient): Promise<ReadonlyMap<string, Buffer> | null> {
  const { rows } = await client.query<{ name: string; sealed: Buffer }>(
    'SELECT name, value_sealed AS sealed FROM platform.kept_secret',
  );
  return rows.length === 0 ? null : new Map(rows.map(({ name, sealed }) => [name, sealed]));
}

/** Keeps canary and index key of a database that has none, once what is sealed there was seen to open. */
async function keepFirst(
  pool: Pool,
  database: string,
  keys: DataKeys,
  probeFiles: () => Promise<void>,
): Promise<ReadonlyMap<string, Buffer>> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [CANARY_LOCK]);
    const other = await readKept(client);
    if (other) return other;
    const probe = makeCipher({ database, keys, indexKey: firstIndexKey(keys.current), opensFirstForm: true });
    const holdsValues = await probeValues(client, database, keys, probe);
    await probeFiles().catch((error: unknown) => {
      throw wrongKeys(database, keys, 'files', error);
    });
    const form: Canary['form'] = holdsValues ? 1 : 2;
    // Indexes that are there were made with the key of the first release.
    const indexKey = holdsValues ? firstIndexKey(keys.current) : ownIndexKey(keys.current, database);
    const kept = new Map([
      [CANARY, probe.seal(KEPT, CANARY, JSON.stringify({ form } satisfies Canary))],
      [INDEX_KEY, probe.seal(KEPT, INDEX_KEY, indexKey.export().toString('base64'))],
    ]);
    await client.query(
      'INSERT INTO platform.kept_secret (name, value_sealed) SELECT * FROM unnest($1::text[], $2::bytea[])',
      [[...kept.keys()], [...kept.values()]],
    );
    return kept;
  });
}

/** Tries some values of every column. @returns whether there are any @throws ConfigError when one does not open */
async function probeValues(client: PoolClient, database: string, keys: DataKeys, probe: Cipher): Promise<boolean> {
  let found = false;
  for (const { column, relation, record } of await sealedPlaces(client)) {
    const { rows } = await client.query<{ record: string; sealed: Buffer }>(
      `SELECT ${record} AS record, t.${column.column} AS sealed FROM ${relation} t
       WHERE t.${column.column} IS NOT NULL LIMIT ${PROBED}`,
    );
    for (const row of rows) {
      found = true;
      try {
        probe.open(column, row.record, row.sealed);
      } catch (error) {
        throw wrongKeys(database, keys, `${column.table}.${column.column}`, error);
      }
    }
  }
  return found;
}

function wrongKeys(database: string, keys: DataKeys, what: string, cause?: unknown): ConfigError {
  const given = keys.all.map((key) => key.id).join('、');
  const error = new ConfigError([
    `BANGFU_DATA_KEY（指纹 ${given}）打不开数据库 ${database} 里已有的敏感数据（${what}）。没有改动任何数据。请放回原来的密钥` +
      '（备份里的 secrets.json 或 infra/docker/.env）再启动；如果正在更换密钥，请把旧密钥写入 BANGFU_OLD_DATA_KEYS。',
    `BANGFU_DATA_KEY (fingerprint ${given}) does not open what database ${database} holds (${what}). Nothing was ` +
      'changed. Put the earlier key back (secrets.json or infra/docker/.env of a backup) and start; while the key is ' +
      'being changed the earlier one belongs in BANGFU_OLD_DATA_KEYS.',
  ]);
  error.cause = cause;
  return error;
}
