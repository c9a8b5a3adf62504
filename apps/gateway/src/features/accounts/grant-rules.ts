import { DomainError } from '@bangfu/domain/shared/errors';
import { demandNew, demandSensible, isContained } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Sql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { Tx } from '../../db/client.ts';
import type { Gateway } from '../../gateway.ts';
import { type Missing, missingOf } from '../../services/bound.ts';
import { current, grantOf } from './account.repository.ts';

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
export async function checkGrants(gateway: Gateway, grants: readonly Grant[], { caller, now }: Actor): Promise<void> {
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
export async function lockAdministrators(sql: Sql): Promise<void> {
  await sql.query('SELECT pg_advisory_xact_lock($1::bigint)::text', [ADMINISTRATORS_LOCK]);
}

/** Whether a grant is the administration of the whole platform. */
export const holdsPlatform = ({ role, scope }: Grant): boolean =>
  role === 'system-administrator' && scope.kind === 'platform';

/** Makes the changes of one account come one after the other. */
export async function lockAccount(sql: Sql, accountId: string): Promise<void> {
  await sql.query('SELECT 1 FROM account WHERE id = $1::uuid FOR UPDATE', [accountId]);
}

/** Refuses a grant the account holds or waits for; the account is locked. @throws DomainError GRANT_EXISTS, GRANT_WAITS */
export async function checkNew(tx: Tx, accountId: string, grant: Grant, now: Date): Promise<void> {
  const rows = await tx.grant.findMany({ where: { userId: accountId, ...current(now) } });
  const held = rows.map((row) => ({ ...grantOf(row), isProposed: row.isProposed }));
  demandNew(held, grant);
}

/** Lasting grants of the platform's administration that hold, besides some. */
export function countAdministrators(tx: Pick<Tx, 'grant'>, except: { grantId?: string; accountId?: string }) {
  return tx.grant.count({
    where: {
      NOT: {
        ...(except.grantId ? { id: except.grantId } : {}),
        ...(except.accountId ? { userId: except.accountId } : {}),
      },
      role: 'system-administrator',
      scope: { path: ['kind'], equals: 'platform' },
      withdrawnAt: null,
      isProposed: false,
      until: null,
      user: { disabledAt: null },
    },
  });
}
