import { pgSql } from '@bangfu/data/sql';
import { isSameGrant } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import { instant } from '@bangfu/data/instant';
import type { Pool } from '@bangfu/data/pool';
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

type Row = Omit<Standing, 'grants'> & {
  readonly grants: readonly (Grant & { readonly until: string | null })[];
  readonly chosen: readonly Omit<Grant, 'until'>[] | null;
};

/** By session or by key; $1 is its id, $2 the platform's time. Sessions and passwords handed over are counted by the machine's. */
const BEHIND = {
  session: `NULL::jsonb AS chosen FROM session c JOIN account a ON a.id = c.account_id
    WHERE c.id = $1::uuid AND c.expires_at > now() AND c.created_at > now() - make_interval(days => ${SESSION_DAYS})`,
  key: `c.grants AS chosen FROM api_key c JOIN account a ON a.id = c.account_id
    WHERE c.id = $1::uuid AND c.withdrawn_at IS NULL AND c.until > $2`,
};

/**
 * What stands behind a credential now; null when it is worth nothing: it has ended, its account is disabled, or the
 * password it goes back to was handed over and is too old. Everything that ends a credential is looked at here and
 * nowhere else, in one statement, so that it can be asked again all the time.
 */
export async function standingOf(pool: Pool, credential: Credential, now: Date): Promise<Standing | null> {
  const isKey = 'key' in credential;
  const [row] = await pgSql(pool).query<Row>(
    `SELECT a.id::text AS "accountId", a.username, a.name, a.must_change_password AS "mustChangePassword",
       coalesce((SELECT json_agg(json_build_object('role', g.role, 'scope', g.scope, 'until', ${instant('g.until')})
           ORDER BY g.given_at, g.role DESC, g.id)
         FROM account_grant g WHERE g.account_id = a.id AND NOT g.is_proposed AND g.withdrawn_at IS NULL
           AND (g.until IS NULL OR g.until > $2)), '[]') AS grants,
       ${isKey ? BEHIND.key : BEHIND.session} AND a.disabled_at IS NULL
         AND NOT (a.must_change_password AND coalesce(a.one_time_until <= now(), false))`,
    [isKey ? credential.key : credential.session, now],
  );
  if (!row) return null;
  const { grants, chosen, ...account } = row;
  const held = grants.map(({ until, ...grant }) => (until === null ? grant : { ...grant, until }));
  return {
    ...account,
    grants: chosen ? held.filter((grant) => chosen.some((each) => isSameGrant(each, grant))) : held,
  };
}
