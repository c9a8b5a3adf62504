import * as contract from '@bangfu/contracts/gateway/accounts';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { endKey } from '../../sign-ins.repository.ts';
import { takeAccount } from '../account-act.ts';

/** Ends one key of another account. @throws Refusal 404, of takeAccount */
export const withdrawAccountKey = command(contract.withdrawAccountKey, async (call) => {
  const { params, tx, caller: by, now, audit } = call;
  const { accountId, keyId } = params;
  await takeAccount(call, accountId);
  if (!(await endKey(tx.sql, { id: keyId, userId: accountId }, { by, now }))) throw notFound();
  audit.entry('account', accountId, { before: { keyId }, after: null });
  return null;
});
