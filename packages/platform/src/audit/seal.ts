import type { Logger } from 'pino';
import { inTransaction, type Pool, type PoolClient } from '@bangfu/data/pool';
import { canonicalHash } from './hash.ts';

/** Any fixed number: it names the lock that makes the sealer one per database. */
const SEALER_LOCK = 7_301_001;
/** Rows are numbered as they are inserted and sealed as they commit; no transaction is this many rows behind. */
const REORDER_WINDOW = 100_000;
const GENESIS: Buffer = Buffer.alloc(32);

const ENTRY_COLUMNS = `id::text AS id, county_code, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  account_id, account_name, address, request_id, action, record_type, record_id, change`;

/** What an entry's hash covers; format 1. */
function hashEntry(row: Record<string, unknown>): Buffer {
  return canonicalHash({ format: 1, ...row });
}

/** Links an entry's hash to everything sealed before it. */
function link(previous: Buffer, entryHash: Buffer): Buffer {
  return canonicalHash({ format: 1, previous: previous.toString('hex'), entry: entryHash.toString('hex') });
}

async function lastSeal(client: PoolClient | Pool): Promise<{ position: number; hash: Buffer }> {
  const { rows } = await client.query<{ position: number; chain_hash: Buffer }>(
    'SELECT position, chain_hash FROM platform.audit_seal ORDER BY position DESC LIMIT 1',
  );
  return rows[0] ? { position: rows[0].position, hash: rows[0].chain_hash } : { position: 0, hash: GENESIS };
}

/** Seals what was committed so far, in commit-safe order; returns how many entries it sealed. */
export async function sealAudit(pool: Pool, limit = 1000): Promise<number> {
  return inTransaction(pool, async (client) => {
    const lock = await client.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS got', [SEALER_LOCK]);
    if (!lock.rows[0]?.got) return 0;
    let { position, hash } = await lastSeal(client);
    // Below the oldest running transaction nothing can appear any more, so the order is final.
    const { rows } = await client.query<Record<string, unknown>>(
      `SELECT ${ENTRY_COLUMNS} FROM platform.audit_entry e
       WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
         AND ordinal > (SELECT coalesce(max(e2.ordinal), 0) - ${REORDER_WINDOW} FROM platform.audit_entry e2
                        JOIN platform.audit_seal s2 ON s2.entry_id = e2.id WHERE s2.position > $2)
         AND NOT EXISTS (SELECT 1 FROM platform.audit_seal s WHERE s.entry_id = e.id)
       ORDER BY xid, ordinal LIMIT $1`,
      [limit, position - limit],
    );
    const seals = rows.map((row) => {
      const entryHash = hashEntry(row);
      hash = link(hash, entryHash);
      position += 1;
      return { position, id: row['id'] as string, entryHash, hash };
    });
    if (seals.length > 0) {
      await client.query(
        `INSERT INTO platform.audit_seal (position, entry_id, entry_hash, chain_hash)
         SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[])`,
        [seals.map((s) => s.position), seals.map((s) => s.id), seals.map((s) => s.entryHash), seals.map((s) => s.hash)],
      );
    }
    return seals.length;
  });
}

/** Seals every second until stopped; a database that is away is tried again. */
export function startSealer(pool: Pool, log: Logger): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(async () => {
      if (stopped) return;
      try {
        while ((await sealAudit(pool)) === 1000 && !stopped);
      } catch (error) {
        log.warn({ err: error }, 'audit rows wait to be sealed');
      }
    });
  }, 900);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** A place where the chain does not hold. */
export interface BrokenLink {
  readonly what: string;
  readonly id: string;
  readonly at: string;
}

/** Walks the whole chain; names every entry whose content or link was changed, and counts what is not sealed yet. */
export async function verifyAudit(pool: Pool): Promise<{ checked: number; unsealed: number; broken: BrokenLink[] }> {
  const broken: BrokenLink[] = [];
  let checked = 0;
  let previous: Buffer = GENESIS;
  let after = 0;
  for (;;) {
    const { rows } = await pool.query<Record<string, unknown>>(
      `SELECT s.position, s.entry_hash, s.chain_hash, s.entry_id::text AS sealed_id, e.*
       FROM platform.audit_seal s LEFT JOIN LATERAL
         (SELECT ${ENTRY_COLUMNS} FROM platform.audit_entry WHERE audit_entry.id = s.entry_id) e ON true
       WHERE s.position > $1 ORDER BY s.position LIMIT 2000`,
      [after],
    );
    if (rows.length === 0) break;
    for (const { position, entry_hash, chain_hash, sealed_id, ...entry } of rows) {
      const place = { id: sealed_id as string, at: (entry['at'] as string | null) ?? '' };
      const expected = link(previous, entry_hash as Buffer);
      if (position !== after + 1) broken.push({ what: 'audit seal missing', ...place });
      if (!entry['id']) broken.push({ what: 'audit entry missing', ...place });
      else if (!hashEntry(entry).equals(entry_hash as Buffer)) broken.push({ what: 'audit entry changed', ...place });
      if (!expected.equals(chain_hash as Buffer)) broken.push({ what: 'audit chain broken', ...place });
      previous = chain_hash as Buffer;
      after = position as number;
      checked += 1;
    }
  }
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*) AS n FROM platform.audit_entry e
     WHERE NOT EXISTS (SELECT 1 FROM platform.audit_seal s WHERE s.entry_id = e.id)`,
  );
  return { checked, unsealed: rows[0]?.n ?? 0, broken };
}
