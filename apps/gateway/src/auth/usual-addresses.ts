import type { Sql } from '@bangfu/data/sql';
import type { Pool } from '@bangfu/data/pool';

/** An address counts as usual for a name so long after the last success there. */
const USUAL_DAYS = 30;
/** Addresses kept of one account; the one not used for longest goes first. */
const KEPT = 20;

/** A name and an address as keyed digests. */
export interface Pair {
  readonly nameKey: string;
  readonly addressKey: string;
}

/** Whether a name has signed in from an address within the last thirty days. */
export async function isUsualAddress(pool: Pool, { nameKey, addressKey }: Pair): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM sign_in_address
     WHERE name_key = $1 AND address_key = $2 AND last_at > now() - make_interval(days => $3)`,
    [nameKey, addressKey, USUAL_DAYS],
  );
  return rowCount === 1;
}

/** Keeps that an account has signed in by a name from an address; joins the sign-in's transaction. */
export async function noteAddress(
  sql: Sql,
  account: { readonly id: string; readonly countyCode: string },
  pair: Pair,
): Promise<void> {
  await sql.query(
    `INSERT INTO sign_in_address (name_key, address_key, account_id, county_code, last_at)
     VALUES ($1, $2, $3::uuid, $4, now())
     ON CONFLICT (name_key, address_key) DO UPDATE SET account_id = excluded.account_id, last_at = excluded.last_at`,
    [pair.nameKey, pair.addressKey, account.id, account.countyCode],
  );
  await sql.query(
    `DELETE FROM sign_in_address WHERE account_id = $1::uuid AND (name_key, address_key) NOT IN (
       SELECT name_key, address_key FROM sign_in_address WHERE account_id = $1::uuid ORDER BY last_at DESC LIMIT $2::int)`,
    [account.id, KEPT],
  );
}

/** The names by which an account has signed in lately: its user name, the number of its household. */
export async function nameKeysOf(pool: Pool, accountId: string): Promise<string[]> {
  const { rows } = await pool.query<{ name_key: string }>(
    'SELECT DISTINCT name_key FROM sign_in_address WHERE account_id = $1::uuid',
    [accountId],
  );
  return rows.map((row) => row.name_key);
}

/** Drops the addresses that are usual no more. */
export async function forgetOldAddresses(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM sign_in_address WHERE last_at <= now() - make_interval(days => $1)`, [USUAL_DAYS]);
}
