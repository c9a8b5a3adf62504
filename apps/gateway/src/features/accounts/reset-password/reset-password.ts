import * as contract from '@bangfu/contracts/gateway/accounts';
import { needsSecondToReset } from '@bangfu/domain/shared/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { procedure } from '../../../operations.ts';
import { outcomeOf, reachAccount, takeAccount } from '../account-act.ts';
import { ACCOUNT } from '../account.repository.ts';
import { handOver, makeOneTime } from '../hand-over.ts';

/**
 * Resets the password of another account. Of one whose roles need a second administrator it is proposed only: whoever
 * resets a password could sign in by it. @throws DomainError ACCOUNT_DISABLED, RESET_WAITS, of takeAccount
 */
export const resetPassword = procedure(contract.resetPassword, async (call) => {
  const { params, caller, now, read, response } = call;
  const { accountId } = params;
  response.set('cache-control', 'no-store');
  await reachAccount(read, accountId, call);
  const made = await makeOneTime();
  return call.act(async (given) => {
    const { tx, audit } = given;
    const { account, grants } = await takeAccount(given, accountId);
    demand(account.disabledAt === null, 'ACCOUNT_DISABLED');
    if (!needsSecondToReset(grants)) return handOver(given, accountId, made);
    demand(account.resetProposedAt === null, 'RESET_WAITS');
    const after = await tx.sql
      .updateTable('account as a')
      .set({ reset_proposed_at: now, reset_proposed_by: caller.id, reset_proposed_by_name: caller.name })
      .where('a.id', '=', accountId)
      .returning(ACCOUNT)
      .executeTakeFirstOrThrow();
    audit.change('account', accountId, null, { isProposed: true });
    return { ...outcomeOf(after, now), oneTimePassword: null, oneTimeUntil: null };
  });
});
