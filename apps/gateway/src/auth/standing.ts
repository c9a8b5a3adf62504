import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { isSameGrant } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { DB } from '../generated/tables.ts';
import { SESSION_DAYS } from './sign-in-library.ts';

/** What a call comes by: a session's or a key's id. */
export type Credential = { readonly session: string } | { readonly key: string };

/** What stands behind a credential at this moment. */
export interface Standing {
  readonly accountId: string;
  readonly username: string;
  readonly name: string;
  readonly mustChangePassword: boolean;
  /** In force; of a key no more than it was given. */
  readonly grants: readonly Grant[];
}

const MACHINE_NOW = sql<Date>`now()`;

/** The accounts that can be used, each with its grants in force. */
const usable = (read: ReadSql<DB>, now: Date) =>
  read
    .selectFrom('account as a')
    .where('a.disabled_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.and([
          eb('a.must_change_password', '=', true),
          eb.fn.coalesce(eb('a.one_time_until', '<=', MACHINE_NOW), sql<boolean>`false`),
        ]),
      ),
    )
    .select(['a.id as accountId', 'a.username', 'a.name', 'a.must_change_password as mustChangePassword'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('account_grant as g')
          .whereRef('g.account_id', '=', 'a.id')
          .where('g.is_proposed', '=', false)
          .where('g.withdrawn_at', 'is', null)
          .where((of) => of.or([of('g.until', 'is', null), of('g.until', '>', now)]))
          .select(['g.role', 'g.scope'])
          .select((of) => instantOf(of.ref('g.until')).$castTo<string | null>().as('until'))
          .orderBy('g.given_at')
          .orderBy('g.role', 'desc')
          .orderBy('g.id'),
      ).as('grants'),
    );

/** By session or by key. Sessions and passwords handed over are counted by the machine's time, keys by the platform's. */
const standingBehind = (read: ReadSql<DB>, credential: Credential, now: Date) =>
  'key' in credential
    ? usable(read, now)
        .innerJoin('api_key as c', 'c.account_id', 'a.id')
        .where('c.id', '=', credential.key)
        .where('c.withdrawn_at', 'is', null)
        .where('c.until', '>', now)
        .select('c.grants as chosen')
        .executeTakeFirst()
    : usable(read, now)
        .innerJoin('session as c', 'c.account_id', 'a.id')
        .where('c.id', '=', credential.session)
        .where('c.expires_at', '>', MACHINE_NOW)
        .where('c.created_at', '>', sql<Date>`now() - make_interval(days => ${SESSION_DAYS})`)
        .select(sql<null>`null`.as('chosen'))
        .executeTakeFirst();

/**
 * What stands behind a credential now; null when it is worth nothing: it has ended, its account is disabled, or the
 * password it goes back to was handed over and is too old. Everything that ends a credential is looked at here and
 * nowhere else, in one statement, so that it can be asked again all the time.
 */
export async function standingOf(read: ReadSql<DB>, credential: Credential, now: Date): Promise<Standing | null> {
  const row = await standingBehind(read, credential, now);
  if (!row) return null;
  const { grants, chosen, ...account } = row;
  const held = grants.map(({ until, ...grant }): Grant => (until === null ? grant : { ...grant, until }));
  return {
    ...account,
    grants: chosen ? held.filter((grant) => chosen.some((each) => isSameGrant(each, grant))) : held,
  };
}
