import * as contract from '@bangfu/contracts/gateway/session';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { endOneSession } from '../../sign-ins.repository.ts';

/** Ends one of the caller's own sessions, on a machine left behind say. @throws Refusal 404 */
export const endSession = command(contract.endSession, async (call) => {
  const { params, tx, caller, kit, audit, afterCommit } = call;
  const { sessionId } = params;
  if (!(await endOneSession(tx.sql, { id: sessionId, userId: caller.id }))) throw notFound();
  audit.entry('account', caller.id, { before: { sessionId }, after: null });
  afterCommit(() => kit.identities.drop(caller.id));
  return null;
});
