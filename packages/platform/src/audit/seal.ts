import type { Logger } from 'pino';
import { insertMany } from '@bangfu/data/insert-many';
import type { Pool } from '@bangfu/data/pool';
import { type ReadSql, typedSql, typedTransaction } from '@bangfu/data/typed-sql';
import { sql } from 'kysely';
import type { PlatformTables } from '../tables.ts';
import { canonicalHash } from './hash.ts';

/** Any fixed number: it names the lock that makes the sealer one per database. */
const SEALER_LOCK = 7_301_001;
/** Rows are numbered as they are inserted and sealed as they commit; no transaction is this many rows behind. */
const REORDER_WINDOW = 100_000;
const GENESIS: Buffer = Buffer.alloc(32);

/** What is sealed of an entry: its instant to the microsecond, as it lies in the table. */
const sealedOf = (read: ReadSql<PlatformTables>) =>
  read
    .selectFrom('platform.audit_entry as e')
    .select(['e.id', 'e.county_code', 'e.account_id', 'e.account_name', 'e.address', 'e.request_id'])
    .select(['e.action', 'e.record_type', 'e.record_id', 'e.change'])
    .select((eb) =>
      sql<string>`to_char(${eb.ref('e.at')} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at'),
    );

/** What an entry's hash covers; format 1. */
function hashEntry(row: object): Buffer {
  return canonicalHash({ format: 1, ...row });
}

/** Links an entry's hash to everything sealed before it. */
function link(previous: Buffer, entryHash: Buffer): Buffer {
  return canonicalHash({ format: 1, previous: previous.toString('hex'), entry: entryHash.toString('hex') });
}

async function lastSeal(read: ReadSql<PlatformTables>): Promise<{ position: number; hash: Buffer }> {
  const last = await read
    .selectFrom('platform.audit_seal')
    .select(['position', 'chain_hash as hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? { position: 0, hash: GENESIS };
}

/** Seals what was committed so far, in commit-safe order; returns how many entries it sealed. */
export async function sealAudit(pool: Pool, limit = 1000): Promise<number> {
  return typedTransaction<PlatformTables, number>(pool, async ({ sql: write }) => {
    const lock = sql<boolean>`pg_try_advisory_xact_lock(${SEALER_LOCK})`.as('got');
    if (!(await write.selectNoFrom(lock).executeTakeFirstOrThrow()).got) return 0;
    let { position, hash } = await lastSeal(write);
    // Below the oldest running transaction nothing can appear any more, so the order is final.
    const rows = await sealedOf(write)
      .where((eb) => sql<boolean>`${eb.ref('e.xid')} < pg_snapshot_xmin(pg_current_snapshot())`)
      .where('e.ordinal', '>', (eb) =>
        eb
          .selectFrom('platform.audit_entry as e2')
          .innerJoin('platform.audit_seal as s2', 's2.entry_id', 'e2.id')
          .where('s2.position', '>', position - limit)
          .select((of) => sql<number>`coalesce(max(${of.ref('e2.ordinal')}), 0) - ${REORDER_WINDOW}::int`.as('from')),
      )
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('platform.audit_seal as s').whereRef('s.entry_id', '=', 'e.id').select('s.position'))),
      )
      .orderBy('e.xid')
      .orderBy('e.ordinal')
      .limit(limit)
      .execute();
    const seals = rows.map((row) => {
      const entryHash = hashEntry(row);
      hash = link(hash, entryHash);
      position += 1;
      return { position, entry_id: row.id, entry_hash: entryHash, chain_hash: hash };
    });
    await insertMany(write, 'platform.audit_seal', seals);
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
  const read = typedSql<PlatformTables>(pool);
  const broken: BrokenLink[] = [];
  let checked = 0;
  let previous: Buffer = GENESIS;
  let after = 0;
  for (;;) {
    const rows = await read
      .selectFrom('platform.audit_seal as s')
      .leftJoinLateral(sealedOf(read).whereRef('e.id', '=', sql.ref('s.entry_id')).as('e'), (join) => join.onTrue())
      .where('s.position', '>', after)
      .select(['s.position', 's.entry_hash', 's.chain_hash', 's.entry_id as sealed_id'])
      .selectAll('e')
      .orderBy('s.position')
      .limit(2000)
      .execute();
    if (rows.length === 0) break;
    for (const { position, entry_hash, chain_hash, sealed_id, ...entry } of rows) {
      const place = { id: sealed_id, at: entry.at ?? '' };
      const expected = link(previous, entry_hash);
      if (position !== after + 1) broken.push({ what: 'audit seal missing', ...place });
      if (!entry.id) broken.push({ what: 'audit entry missing', ...place });
      else if (!hashEntry(entry).equals(entry_hash)) broken.push({ what: 'audit entry changed', ...place });
      if (!expected.equals(chain_hash)) broken.push({ what: 'audit chain broken', ...place });
      previous = chain_hash;
      after = position;
      checked += 1;
    }
  }
  const { unsealed } = await read
    .selectFrom('platform.audit_entry as e')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('platform.audit_seal as s').whereRef('s.entry_id', '=', 'e.id').select('s.position'))),
    )
    .select((eb) => eb.fn.countAll<number>().as('unsealed'))
    .executeTakeFirstOrThrow();
  return { checked, unsealed, broken };
}
