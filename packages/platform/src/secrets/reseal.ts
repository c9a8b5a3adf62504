import type { Logger } from 'pino';
import { escapeIdentifier, type Pool } from '@bangfu/data/pool';
import { inPortions } from '@bangfu/data/portions';
import type { FileStore } from '../files/store.ts';
import { type Cipher, SealBroken } from './cipher.ts';
import { isAllCurrent, isCanary, noteAllCurrent } from './open-cipher.ts';
import { type SealedPlace, sealedPlaces } from './sealed-places.ts';

/** What of a service is sealed. */
export interface Sealed {
  readonly pool: Pool;
  readonly cipher: Cipher;
  readonly files: FileStore | null;
}

/** A place where something sealed does not open. */
export interface BrokenSeal {
  readonly what: string;
  readonly id: string;
  readonly at: string;
}

interface Row {
  readonly place: string;
  readonly record: string;
  readonly sealed: Buffer;
}

/** @param other only the values that begin otherwise */
const valuesOf = (pool: Pool, { column, relation, record }: SealedPlace, other?: Buffer) => {
  const name = `t.${escapeIdentifier(column.column)}`;
  const wanted = other ? `AND substring(${name} FOR ${other.length}) <> '\\x${other.toString('hex')}'::bytea` : '';
  return inPortions<Row>(
    pool,
    relation,
    (range) =>
      `SELECT t.ctid::text AS place, ${record} AS record, ${name} AS sealed FROM ${relation} t
       WHERE ${range} AND ${name} IS NOT NULL ${wanted}`,
  );
};

/**
 * Seals everything of a service in today's form with the current key, in portions; what is begun anew goes on where it
 * was. @returns how many were busy and are still sealed otherwise, and which do not open
 */
export async function resealAll(
  { pool, cipher, files }: Sealed,
  options: { readonly isStopped?: () => boolean; readonly advance?: (resealed: number) => void } = {},
): Promise<{ busy: number; broken: string[] }> {
  const isStopped = options.isStopped ?? (() => false);
  const advance = options.advance ?? (() => {});
  let busy = 0;
  const broken: string[] = [];
  /** What a value is sealed as now; null when it cannot be. */
  const again = (column: SealedPlace['column'], record: string, sealed: Buffer): Buffer | null => {
    try {
      return cipher.seal(column, record, cipher.open(column, record, sealed));
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      broken.push(error.message);
      return null;
    }
  };
  for (const place of await sealedPlaces(pool)) {
    for await (const rows of valuesOf(pool, place, cipher.currentHeader)) {
      if (isStopped()) return { busy: busy + 1, broken };
      // The canary comes last, when all else is done.
      const others = rows.filter(({ record }) => !isCanary(place.column, record));
      const made = others.flatMap((row) => {
        const sealed = again(place.column, row.record, row.sealed);
        return sealed ? [{ ...row, now: sealed }] : [];
      });
      const { rows: done } = await pool.query<{ n: number }>(
        'SELECT platform.reseal($1::regclass, $2, $3::text[]::tid[], $4::bytea[], $5::bytea[]) AS n',
        [
          place.relation,
          place.column.column,
          made.map((row) => row.place),
          made.map((row) => row.sealed),
          made.map((row) => row.now),
        ],
      );
      const resealed = Number(done[0]?.n ?? 0);
      busy += made.length - resealed;
      advance(resealed);
    }
  }
  for await (const { sha256, isCurrent: isDone } of files?.all() ?? []) {
    if (isDone) continue;
    if (isStopped()) return { busy: busy + 1, broken };
    try {
      await files?.reseal(sha256);
      advance(1);
    } catch (error) {
      broken.push(`file ${sha256}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { busy, broken };
}

/** Opens everything sealed in a service's database; names every place that does not open, never what it holds. */
export async function verifySealed({ pool, cipher }: Omit<Sealed, 'files'>): Promise<{
  checked: number;
  broken: BrokenSeal[];
}> {
  const broken: BrokenSeal[] = [];
  let checked = 0;
  const check = (column: SealedPlace['column'], record: string, sealed: Buffer) => {
    checked += 1;
    try {
      cipher.open(column, record, sealed);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      broken.push({ what: `sealed value ${column.table}.${column.column}`, id: record, at: '' });
    }
  };
  for (const place of await sealedPlaces(pool)) {
    for await (const rows of valuesOf(pool, place)) {
      for (const { record, sealed } of rows) check(place.column, record, sealed);
    }
  }
  return { checked, broken };
}

/** How many values and files are sealed by each key; `first` is the form of the first release, which names none. */
export async function countSealed({ pool, files }: Omit<Sealed, 'cipher'>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const add = (by: string, n: number) => {
    counts[by] = (counts[by] ?? 0) + n;
  };
  for (const { column, relation } of await sealedPlaces(pool)) {
    const name = escapeIdentifier(column.column);
    const { rows } = await pool.query<{ by: string; n: number }>(
      `SELECT CASE WHEN get_byte(${name}, 0) = 2 THEN encode(substring(${name} FROM 2 FOR 4), 'hex') ELSE 'first' END AS by,
         count(*) AS n FROM ${relation} WHERE length(${name}) > 4 GROUP BY 1`,
    );
    for (const { by, n } of rows) add(by, Number(n));
  }
  for await (const { sealedBy: by } of files?.all() ?? []) add(by, 1);
  return counts;
}

/** Between two tries when something was busy, or the database away. */
const PAUSE_MS = 5_000;
const LOOK_MS = 500;
const TOLD_EVERY = 50_000;

/** Seals everything again beside the service's work, until all of it is current; at once over when it is. */
export function startResealing(sealed: Sealed, log: Logger): { stop(): Promise<void>; readonly done: Promise<void> } {
  const { pool, cipher } = sealed;
  let isStopped = false;
  let wake = () => {};
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  /** Waits until every transaction is over that writes at this moment; false when stopped meanwhile. */
  const othersEnded = async () => {
    const { rows } = await pool.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
    while (!isStopped) {
      const { rows: now } = await pool.query<{ ended: boolean }>(
        'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS ended',
        [rows[0]?.xid],
      );
      if (now[0]?.ended) return true;
      await pause(LOOK_MS);
    }
    return false;
  };
  const work = async () => {
    if (await isAllCurrent(pool, cipher)) return true;
    let resealed = 0;
    let told = 0;
    const advance = (n: number) => {
      resealed += n;
      if (resealed - told < TOLD_EVERY) return;
      told = resealed;
      log.info({ resealed }, 'sealed values are being sealed again');
    };
    for (;;) {
      const before = resealed;
      const { busy, broken } = await resealAll(sealed, { isStopped: () => isStopped, advance });
      if (isStopped || busy > 0) return false;
      if (resealed === before) return finish(resealed, broken);
      // What began before this pass may still bring values as they were: another pass sees them.
      if (!(await othersEnded())) return false;
    }
  };
  const finish = async (resealed: number, broken: readonly string[]) => {
    if (resealed > 0) log.info({ resealed }, 'all sealed values were sealed again');
    // What does not open now will not later; a key it names is kept until someone has looked (countSealed).
    if (broken.length > 0)
      log.error({ places: broken.slice(0, 20), count: broken.length }, 'sealed values do not open');
    await noteAllCurrent(pool, cipher);
    cipher.refuseFirstForm();
    return true;
  };
  const done = (async () => {
    while (!isStopped) {
      try {
        if (await work()) return;
      } catch (error) {
        log.warn({ err: error }, 'sealing again is put off');
      }
      if (!isStopped) await pause(PAUSE_MS);
    }
  })();
  return {
    done,
    stop: async () => {
      isStopped = true;
      wake();
      await done;
    },
  };
}
