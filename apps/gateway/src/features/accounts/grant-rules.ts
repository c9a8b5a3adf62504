import { DomainError } from '@bangfu/domain/shared/errors';
import { demandNew, demandSensible, isContained } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Actor } from '@bangfu/platform/db/command';
import { Refusal } from '@bangfu/platform/http/refusal';
import { type Kysely, sql } from 'kysely';
import type { Gateway } from '../../gateway.ts';
import type { Tables } from '../../operations.ts';
import { type Missing, missingOf } from '../../services/bound.ts';
import { grantOf, grantsAt } from './account.repository.ts';

/** Refuses a grant beyond what the giver's own grants contain. @throws Refusal 403 */
export function checkContained(own: readonly Grant[], grant: Grant, county: string): void {
  if (!isContained(own, grant, county)) throw new Refusal(403, 'GRANT_BEYOND_OWN');
}

const UNKNOWN: Readonly<Record<Missing, string>> = {
  'no-region': 'GRANT_REGION_UNKNOWN',
  'no-record': 'GRANT_BOUND_UNKNOWN',
  unanswered: 'GRANT_BOUND_UNCHECKED',
};

/**
 * Refuses a grant that makes no sense, goes beyond the giver's own, or is bound to what there is not.
 * @throws DomainError of demandSensible, GRANT_REGION_UNKNOWN, GRANT_BOUND_UNKNOWN; Refusal 403 GRANT_BEYOND_OWN, 503
 */
export async function checkGrants(
  gateway: Gateway,
  grants: readonly Grant[],
  { caller, now }: Pick<Actor, 'caller' | 'now'>,
): Promise<void> {
  for (const grant of grants) {
    demandSensible(grant, now);
    checkContained(caller.usable, grant, gateway.countyCode);
  }
  const scopes = grants.map(({ scope }) => scope);
  const missing = await missingOf(gateway, scopes, caller);
  if (missing === 'unanswered') throw new Refusal(503, UNKNOWN[missing]);
  if (missing) throw new DomainError(UNKNOWN[missing]);
}

/** Any fixed number: two administrators who remove each other at the same time come one after the other. */
const ADMINISTRATORS_LOCK = 7_301_002;

/** Makes whatever could leave the platform without an administrator come one after the other. */
export async function lockAdministrators(write: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ADMINISTRATORS_LOCK}::bigint)`.execute(write);
}

/** Whether a grant is the administration of the whole platform. */
export const holdsPlatform = ({ role, scope }: Grant): boolean =>
  role === 'system-administrator' && scope.kind === 'platform';

/** Makes the changes of one account come one after the other. */
export async function lockAccount(write: Kysely<Tables>, accountId: string): Promise<void> {
  await write.selectFrom('account').where('id', '=', accountId).select('id').forUpdate().execute();
}

/** Refuses a grant the account holds or waits for; the account is locked. @throws DomainError GRANT_EXISTS, GRANT_WAITS */
export async function checkNew(read: ReadSql<Tables>, accountId: string, grant: Grant, now: Date): Promise<void> {
  const rows = await grantsAt(read, now).where('g.account_id', '=', accountId).execute();
  const held = rows.map((row) => ({ ...grantOf(row), isProposed: row.isProposed }));
  demandNew(held, grant);
}

/** How many lasting grants of the platform's administration hold, besides a grant or those of an account. */
export async function countAdministrators(
  read: ReadSql<Tables>,
  { grantId, accountId }: { readonly grantId?: string; readonly accountId?: string },
): Promise<number> {
  const lasting = read
    .selectFrom('account_grant as g')
    .innerJoin('account as a', 'a.id', 'g.account_id')
    .where('g.role', '=', 'system-administrator')
    .where((eb) => eb(sql`${eb.ref('g.scope')} ->> 'kind'`, '=', 'platform'))
    .where('g.withdrawn_at', 'is', null)
    .where('g.is_proposed', '=', false)
    .where('g.until', 'is', null)
    .where('a.disabled_at', 'is', null)
    .select(sql<number>`count(*)`.as('count'));
  const others = accountId ? lasting.where('g.account_id', '<>', accountId) : lasting;
  const { count } = await (grantId ? others.where('g.id', '<>', grantId) : others).executeTakeFirstOrThrow();
  return count;
}
