import { Grant as GrantContract } from '@bangfu/contracts/gateway/session';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { InferResult, Kysely } from 'kysely';
import type { Tables } from '../../operations.ts';

/** What is read of an account, of `account as a`. */
export const ACCOUNT = [
  'a.id',
  'a.county_code as countyCode',
  'a.username',
  'a.name',
  'a.must_change_password as mustChangePassword',
  'a.one_time_until as oneTimeUntil',
  'a.last_sign_in_at as lastSignInAt',
  'a.disabled_at as disabledAt',
  'a.disabled_by_name as disabledByName',
  'a.disabled_reason as disabledReason',
  'a.reset_proposed_at as resetProposedAt',
  'a.reset_proposed_by as resetProposedBy',
  'a.reset_proposed_by_name as resetProposedByName',
  'a.created_at as createdAt',
] as const;

/** The accounts by their names in code, as `a`. */
export const accounts = (read: ReadSql<Tables>) => read.selectFrom('account as a').select(ACCOUNT);

/** An account as it is read. */
export type Account = InferResult<ReturnType<typeof accounts>>[number];

/** The grants by their names in code, as `g`; withdrawn ones too. */
export const grants = (read: ReadSql<Tables>) =>
  read
    .selectFrom('account_grant as g')
    .select(['g.id', 'g.account_id as accountId', 'g.role', 'g.scope', 'g.until', 'g.is_proposed as isProposed'])
    .select(['g.given_at as givenAt', 'g.given_by as givenBy', 'g.given_by_name as givenByName']);

/** A grant as it is read. */
export type GrantRow = InferResult<ReturnType<typeof grants>>[number];

/** The grants that count at a moment, in force or proposed: not withdrawn, their period not over. */
export const grantsAt = (read: ReadSql<Tables>, now: Date) =>
  grants(read)
    .where('g.withdrawn_at', 'is', null)
    .where((eb) => eb.or([eb('g.until', 'is', null), eb('g.until', '>', now)]));

/** The grants of some accounts that count at a moment as they were given; those given together by role. */
export const grantsOf = (read: ReadSql<Tables>, accountIds: readonly string[], now: Date): Promise<GrantRow[]> =>
  grantsAt(read, now)
    .where('g.account_id', 'in', accountIds)
    .orderBy('g.given_at')
    .orderBy('g.role', 'desc')
    .orderBy('g.id')
    .execute();

/** A grant as it travels. */
export function grantOf(row: Pick<GrantRow, 'role' | 'scope' | 'until'>): Grant {
  return GrantContract.parse({
    role: row.role,
    scope: row.scope,
    ...(row.until ? { until: row.until.toISOString() } : {}),
  });
}

/** Writes a grant. */
export async function insertGrant(
  write: Kysely<Tables>,
  grant: Grant,
  about: {
    id: string;
    userId: string;
    countyCode: string;
    by: { id: string; name: string };
    now: Date;
    isProposed: boolean;
  },
): Promise<void> {
  await write
    .insertInto('account_grant')
    .values({
      id: about.id,
      account_id: about.userId,
      county_code: about.countyCode,
      role: grant.role,
      scope: JSON.stringify(grant.scope),
      until: grant.until ? new Date(grant.until) : null,
      given_at: about.now,
      given_by: about.by.id,
      given_by_name: about.by.name,
      is_proposed: about.isProposed,
    })
    .execute();
}
