import type { Pool } from '@bangfu/data/pool';

/** How a key's attempts are slowed beyond the free ones. */
export interface Slowing {
  readonly free: number;
  readonly windowSeconds: number;
  /** The wait doubles from one second up to this. */
  readonly longestSeconds: number;
}

/**
 * Takes one attempt of a key, or says how long to wait for the next. One statement decides and writes, so that a
 * thousand at once, of several gateways, are counted like a thousand in turn. rate-limiter-flexible refuses until a
 * window has passed; this slows down instead, so that nobody can lock an account out by wrong passwords.
 * @returns seconds to wait, 0 where the attempt may be made
 */
export async function takeAttempt(pool: Pool, key: string, countyCode: string, slowing: Slowing): Promise<number> {
  const taken = await pool.query(
    `INSERT INTO sign_in_pace AS p (key, county_code, taken, window_ends_at, next_at)
     VALUES ($1, $2, 1, now() + make_interval(secs => $4), now())
     ON CONFLICT (key) DO UPDATE SET
       taken = CASE WHEN p.window_ends_at <= now() THEN 1 ELSE p.taken + 1 END,
       window_ends_at = CASE WHEN p.window_ends_at <= now() THEN excluded.window_ends_at ELSE p.window_ends_at END,
       next_at = CASE WHEN p.window_ends_at <= now() OR p.taken + 1 < $3 THEN now()
         ELSE now() + make_interval(secs => least($5, power(2, least(p.taken + 1 - $3, 16)))) END
     WHERE p.window_ends_at <= now() OR p.taken < $3 OR p.next_at <= now()`,
    [key, countyCode, slowing.free, slowing.windowSeconds, slowing.longestSeconds],
  );
  if (taken.rowCount) return 0;
  const { rows } = await pool.query<{ seconds: number }>(
    `SELECT ceil(extract(epoch FROM next_at - clock_timestamp()))::int AS seconds FROM sign_in_pace WHERE key = $1`,
    [key],
  );
  return Math.max(1, rows[0]?.seconds ?? 1);
}

/** Gives an attempt back: it succeeded, or was never made. */
export async function giveBackAttempt(pool: Pool, key: string): Promise<void> {
  await pool.query(
    `UPDATE sign_in_pace SET taken = greatest(taken - 1, 0), next_at = now() WHERE key = $1 AND window_ends_at > now()`,
    [key],
  );
}

/** Forgets the attempts of some keys, and of keys that begin with one of them and a blank. */
export async function forgetAttempts(pool: Pool, keys: readonly string[]): Promise<void> {
  await pool.query(`DELETE FROM sign_in_pace WHERE split_part(key, ' ', 1) = ANY ($1::text[])`, [keys]);
}

/** Drops the windows that are over. */
export async function forgetOldAttempts(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM sign_in_pace WHERE window_ends_at <= now()`);
}
