import * as contract from '@bangfu/contracts/gateway/accounts';
import { command } from '../../../operations.ts';
import { endSignIns } from '../../sign-ins.repository.ts';
import { takeAccount } from '../account-act.ts';

/** Ends all sessions and keys of another account; its owner signs in again. @throws of takeAccount */
export const endAccountSignIns = command(contract.endAccountSignIns, async (call) => {
  const { params, tx, caller: by, now, audit } = call;
  await takeAccount(call, params.accountId);
  const ended = await endSignIns(tx.sql, params.accountId, { by, now });
  audit.change('account', params.accountId, null, ended);
  return ended;
});
