import type { Logger } from 'pino';
import type { Pool } from '@bangfu/data/pool';

const EVERY_MS = 3_600_000;
/** Longer than any telephone stays without a network before it sends again what it kept. */
const KEYS_KEPT_DAYS = 90;

/** Forgets the keys of acts so old that nobody repeats them any more; returns how many. */
export async function forgetOldKeys(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM platform.idempotency_key WHERE recorded_at < now() - make_interval(days => $1)`,
    [KEYS_KEPT_DAYS],
  );
  return rowCount ?? 0;
}

/**
 * Keeps a database's tables of passing things from growing for ever: at once and then every hour, until stopped.
 * @param own what a service forgets of its own tables
 */
export function startUpkeep(
  pool: Pool,
  log: Logger,
  own: readonly ((pool: Pool) => Promise<unknown>)[] = [],
): { stop(): void } {
  const tidy = () => {
    for (const forget of [forgetOldKeys, ...own]) {
      forget(pool).catch((error: unknown) => log.warn({ err: error }, 'upkeep is put off'));
    }
  };
  tidy();
  const timer = setInterval(tidy, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
