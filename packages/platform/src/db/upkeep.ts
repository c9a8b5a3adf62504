import type { Pool } from '@bangfu/data/pool';
import type { Schedule } from '../schedules/schedules.ts';

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
 * Keeps a database's tables of passing things from growing for ever, every hour.
 * @param own what a service forgets of its own tables
 */
export const upkeep = (pool: Pool, own: readonly ((pool: Pool) => Promise<unknown>)[] = []): Schedule => ({
  name: 'upkeep',
  cron: '17 * * * *',
  run: async () => {
    const done = await Promise.allSettled([forgetOldKeys, ...own].map((forget) => forget(pool)));
    for (const each of done) if (each.status === 'rejected') throw each.reason;
  },
});
