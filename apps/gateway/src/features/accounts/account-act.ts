import type { ReadSql } from '@bangfu/data/typed-sql';
import { accountState, type AccountState, demandInReach } from '@bangfu/domain/shared/accounts';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Given } from '@bangfu/platform/operation/operation';
import type { Gateway } from '../../gateway.ts';
import type { Tables } from '../../operations.ts';
import { type Account, accounts, grantOf, grantsOf } from './account.repository.ts';
import { lockAccount } from './grant-rules.ts';
import { accountVisible } from './visible.ts';

/** An account an administrator acts on, with all grants it holds or waits for. */
interface Target {
  readonly account: Account;
  readonly grants: readonly Grant[];
}

/**
 * Refuses an administrator to whom an account is unknown or beyond reach.
 * @returns the account @throws Refusal 404; DomainError ACCOUNT_OWN, ACCOUNT_BEYOND_OWN
 */
export async function reachAccount(
  read: ReadSql<Tables>,
  accountId: string,
  { kit, caller, now }: { readonly kit: Pick<Gateway, 'countyCode'>; readonly caller: Caller; readonly now: Date },
): Promise<Target> {
  const account = await accounts(read)
    .where('a.id', '=', accountId)
    .where((eb) => accountVisible(eb, caller, kit.countyCode))
    .executeTakeFirst();
  if (!account) throw notFound();
  const grants = (await grantsOf(read, [accountId], now)).map(grantOf);
  demandInReach({ id: accountId, grants }, caller, kit.countyCode);
  return { account, grants };
}

/**
 * For an administrator's act on another account: one at a time for each account; whoever is signed in by it is looked
 * at again after the act.
 * @returns the account, locked @throws as reachAccount
 */
export async function takeAccount(
  call: Pick<Given<Tables, Gateway>, 'tx' | 'kit' | 'caller' | 'now' | 'afterCommit'>,
  accountId: string,
): Promise<Target> {
  const { tx, kit, afterCommit } = call;
  await lockAccount(tx.sql, accountId);
  const target = await reachAccount(tx.sql, accountId, call);
  afterCommit(() => kit.identities.drop(accountId));
  return target;
}

/** An account as the acts on it answer. */
export const outcomeOf = (account: Account, now: Date): { readonly account: string; readonly state: AccountState } => ({
  account: account.username,
  state: accountState(account, now),
});
