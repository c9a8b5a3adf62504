import type { Pool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../generated/tables.ts';

/** An address counts as usual for a name so long after the last success there. */
const USUAL_DAYS = 30;
/** Addresses kept of one account; the one not used for longest goes first. */
const KEPT = 20;

/** A name and an address as keyed digests. */
export interface Pair {
  readonly nameKey: string;
  readonly addressKey: string;
}

/** Before it an address is usual no more. */
const LONG_AGO = sql<Date>`now() - make_interval(days => ${USUAL_DAYS})`;

/** Whether a name has signed in from an address within the last thirty days. */
export async function isUsualAddress(pool: Pool, { nameKey, addressKey }: Pair): Promise<boolean> {
  const found = await typedSql<DB>(pool)
    .selectFrom('sign_in_address')
    .where('name_key', '=', nameKey)
    .where('address_key', '=', addressKey)
    .where('last_at', '>', LONG_AGO)
    .select('name_key')
    .executeTakeFirst();
  return found !== undefined;
}

/** Keeps that an account has signed in by a name from an address; joins the sign-in's transaction. */
export async function noteAddress(
  write: Kysely<DB>,
  account: { readonly id: string; readonly countyCode: string },
  pair: Pair,
): Promise<void> {
  await write
    .insertInto('sign_in_address')
    .values({
      name_key: pair.nameKey,
      address_key: pair.addressKey,
      account_id: account.id,
      county_code: account.countyCode,
      last_at: sql<Date>`now()`,
    })
    .onConflict((conflict) =>
      conflict.columns(['name_key', 'address_key']).doUpdateSet((eb) => ({
        account_id: eb.ref('excluded.account_id'),
        last_at: eb.ref('excluded.last_at'),
      })),
    )
    .execute();
  await write
    .deleteFrom('sign_in_address')
    .where('account_id', '=', account.id)
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('name_key', 'address_key'),
        'not in',
        selectFrom('sign_in_address as k')
          .where('k.account_id', '=', account.id)
          .orderBy('k.last_at', 'desc')
          .limit(KEPT)
          .select(['k.name_key', 'k.address_key'])
          .$asTuple('name_key', 'address_key'),
      ),
    )
    .execute();
}

/** The names by which an account has signed in lately: its user name, the number of its household. */
export async function nameKeysOf(pool: Pool, accountId: string): Promise<string[]> {
  const rows = await typedSql<DB>(pool)
    .selectFrom('sign_in_address')
    .where('account_id', '=', accountId)
    .select('name_key')
    .distinct()
    .execute();
  return rows.map((row) => row.name_key);
}

/** Drops the addresses that are usual no more. */
export async function forgetOldAddresses(pool: Pool): Promise<void> {
  await typedSql<DB>(pool).deleteFrom('sign_in_address').where('last_at', '<=', LONG_AGO).execute();
}
