import * as contract from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { command } from '../../../operations.ts';
import { takeAccount } from '../account-act.ts';

/** Withdraws a proposed reset; the password stays as it is. @throws DomainError RESET_NOT_PROPOSED, of takeAccount */
export const withdrawReset = command(contract.withdrawReset, async (call) => {
  const { params, tx, audit } = call;
  const { account } = await takeAccount(call, params.accountId);
  demand(account.resetProposedAt !== null, 'RESET_NOT_PROPOSED');
  await tx.sql
    .updateTable('account')
    .set({ reset_proposed_at: null, reset_proposed_by: null, reset_proposed_by_name: null })
    .where('id', '=', account.id)
    .execute();
  audit.entry('account', account.id, { before: { proposedBy: account.resetProposedByName }, after: null });
  return null;
});
