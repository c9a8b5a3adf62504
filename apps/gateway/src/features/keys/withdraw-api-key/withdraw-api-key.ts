import * as contract from '@bangfu/contracts/gateway/keys';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { endKey } from '../../sign-ins.repository.ts';

/** Ends one of the caller's own keys. @throws Refusal 404 */
export const withdrawApiKey = command(contract.withdrawApiKey, async (call) => {
  const { params, tx, caller, now, kit, audit, afterCommit } = call;
  const { keyId: id } = params;
  if (!(await endKey(tx.sql, { id, userId: caller.id }, { by: caller, now }))) throw notFound();
  audit.entry('api-key', id, null);
  afterCommit(() => kit.identities.drop(caller.id));
  return null;
});
