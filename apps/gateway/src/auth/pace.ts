import type { Pool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { sql } from 'kysely';
import type { DB } from '../generated/tables.ts';

const NOW = sql<Date>`now()`;

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
  const { free, windowSeconds, longestSeconds } = slowing;
  const paces = typedSql<DB>(pool);
  const taken = await paces
    .insertInto('sign_in_pace')
    .values({
      key,
      county_code: countyCode,
      taken: 1,
      window_ends_at: sql<Date>`now() + make_interval(secs => ${windowSeconds})`,
      next_at: NOW,
    })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((eb) => {
          const isOver = eb('sign_in_pace.window_ends_at', '<=', NOW);
          const more = eb('sign_in_pace.taken', '+', 1);
          const wait = sql`least(${longestSeconds}, power(2, least(${more} - ${free}, 16)))`;
          return {
            taken: eb.case().when(isOver).then(eb.lit(1)).else(more).end(),
            window_ends_at: eb
              .case()
              .when(isOver)
              .then(eb.ref('excluded.window_ends_at'))
              .else(eb.ref('sign_in_pace.window_ends_at'))
              .end(),
            next_at: eb
              .case()
              .when(eb.or([isOver, eb(more, '<', free)]))
              .then(NOW)
              .else(sql<Date>`now() + make_interval(secs => ${wait})`)
              .end(),
          };
        })
        .where((eb) =>
          eb.or([
            eb('sign_in_pace.window_ends_at', '<=', NOW),
            eb('sign_in_pace.taken', '<', free),
            eb('sign_in_pace.next_at', '<=', NOW),
          ]),
        ),
    )
    .returning('key')
    .executeTakeFirst();
  if (taken) return 0;
  const waiting = await paces
    .selectFrom('sign_in_pace')
    .where('key', '=', key)
    .select((eb) => sql<number>`ceil(extract(epoch from ${eb.ref('next_at')} - clock_timestamp()))::int`.as('seconds'))
    .executeTakeFirst();
  return Math.max(1, waiting?.seconds ?? 1);
}

/** Gives an attempt back: it succeeded, or was never made. */
export async function giveBackAttempt(pool: Pool, key: string): Promise<void> {
  await typedSql<DB>(pool)
    .updateTable('sign_in_pace')
    .set((eb) => ({ taken: eb.fn<number>('greatest', [eb('taken', '-', 1), eb.lit(0)]), next_at: NOW }))
    .where('key', '=', key)
    .where('window_ends_at', '>', NOW)
    .execute();
}

/** Forgets the attempts of some keys, and of keys that begin with one of them and a blank. */
export async function forgetAttempts(pool: Pool, keys: readonly string[]): Promise<void> {
  await typedSql<DB>(pool)
    .deleteFrom('sign_in_pace')
    .where((eb) => sql<boolean>`split_part(${eb.ref('key')}, ' ', 1) = any (${[...keys]}::text[])`)
    .execute();
}

/** Drops the windows that are over. */
export async function forgetOldAttempts(pool: Pool): Promise<void> {
  await typedSql<DB>(pool).deleteFrom('sign_in_pace').where('window_ends_at', '<=', NOW).execute();
}
