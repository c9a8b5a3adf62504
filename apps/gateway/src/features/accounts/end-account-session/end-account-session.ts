import * as contract from '@bangfu/contracts/gateway/accounts';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { endOneSession } from '../../sign-ins.repository.ts';
import { takeAccount } from '../account-act.ts';

/** Ends one session of another account. @throws Refusal 404, of takeAccount */
export const endAccountSession = command(contract.endAccountSession, async (call) => {
  const { params, tx, audit } = call;
  const { accountId, sessionId } = params;
  await takeAccount(call, accountId);
  if (!(await endOneSession(tx.sql, { id: sessionId, userId: accountId }))) throw notFound();
  audit.entry('account', accountId, { before: { sessionId }, after: null });
  return null;
});
