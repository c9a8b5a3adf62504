import type { Operation } from '@bangfu/contracts/core/operation';
import { accountState, type AccountState, demandInReach } from '@bangfu/domain/shared/accounts';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Tx } from '../../db/client.ts';
import type { Gateway } from '../../gateway.ts';
import type { User } from '../../generated/prisma/client.ts';
import { current, grantOf, IN_ORDER } from './account.repository.ts';
import { lockAccount } from './grant-rules.ts';
import { visibleAccounts } from './visible.ts';

/** The account an administrator acts on, locked, with all grants it holds or waits for. */
export interface Target {
  readonly tx: Tx;
  readonly sql: Sql;
  readonly user: User;
  readonly grants: readonly Grant[];
}

/** An account an administrator sees, with all its grants. @throws Refusal 404 */
async function findTarget(gateway: Gateway, db: Pick<Tx, 'user'>, accountId: string, caller: Caller, now: Date) {
  const found = await db.user.findFirst({
    where: { AND: [{ id: accountId }, visibleAccounts(caller, gateway.countyCode)] },
    include: { grants: { where: current(now), orderBy: IN_ORDER } },
  });
  if (!found) throw notFound();
  const { grants, ...user } = found;
  return { user, grants: grants.map(grantOf) };
}

/**
 * Refuses an administrator to whom an account is unknown or beyond reach.
 * @returns the account @throws Refusal 404; DomainError ACCOUNT_OWN, ACCOUNT_BEYOND_OWN
 */
export async function reachAccount(
  gateway: Gateway,
  accountId: string,
  { caller, now }: Pick<Actor, 'caller' | 'now'>,
) {
  const target = await findTarget(gateway, gateway.prisma, accountId, caller, now);
  demandInReach({ id: accountId, grants: target.grants }, caller, gateway.countyCode);
  return target;
}

/**
 * Runs an administrator's act on another account: one at a time for each account, with its audit row; whoever was
 * signed in by it is looked at again.
 * @throws Refusal 404; DomainError ACCOUNT_OWN, ACCOUNT_BEYOND_OWN, and what the act refuses
 */
export async function actOnAccount<Answer>(
  gateway: Gateway,
  operation: Operation,
  accountId: string,
  actor: Actor,
  input: unknown,
  act: (target: Target) => Promise<{ readonly answer: Answer; readonly change: object | null }>,
): Promise<Answer> {
  const { caller, now } = actor;
  const answer = await runCommand<Tx, Answer>(
    gateway.transaction,
    gateway.newId,
    operation,
    actor,
    { accountId, input },
    async (tx, sql) => {
      await lockAccount(sql, accountId);
      const target = await findTarget(gateway, tx, accountId, caller, now);
      demandInReach({ id: accountId, grants: target.grants }, caller, gateway.countyCode);
      const done = await act({ tx, sql, ...target });
      const about = { recordType: 'account', recordId: accountId, change: done.change };
      return { answer: done.answer, audit: [{ action: operation.audit ?? '', ...about }] };
    },
  );
  gateway.identities.drop(accountId);
  return answer;
}

/** An account as the acts on it answer. */
export const outcomeOf = (user: User, now: Date): { readonly account: string; readonly state: AccountState } => ({
  account: user.username,
  state: accountState(user, now),
});
