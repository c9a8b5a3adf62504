import * as contract from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { command } from '../../../operations.ts';
import { outcomeOf, takeAccount } from '../account-act.ts';
import { ACCOUNT } from '../account.repository.ts';

/**
 * Enables a disabled account. Sessions and keys that ended with it stay ended.
 * @throws DomainError ACCOUNT_NOT_DISABLED, of takeAccount
 */
export const enableAccount = command(contract.enableAccount, async (call) => {
  const { params, body, tx, now, audit } = call;
  const { account } = await takeAccount(call, params.accountId);
  demand(account.disabledAt !== null, 'ACCOUNT_NOT_DISABLED');
  const after = await tx.sql
    .updateTable('account as a')
    .set({ disabled_at: null, disabled_by: null, disabled_by_name: null, disabled_reason: null })
    .where('a.id', '=', account.id)
    .returning(ACCOUNT)
    .executeTakeFirstOrThrow();
  const before = { disabled: true, reason: account.disabledReason };
  audit.change('account', account.id, before, { disabled: false, reason: body.reason });
  return outcomeOf(after, now);
});
