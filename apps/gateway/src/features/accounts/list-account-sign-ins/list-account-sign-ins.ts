import * as contract from '@bangfu/contracts/gateway/accounts';
import { query } from '../../../operations.ts';
import { listKeysOf, listSessionsOf, toSessionRow } from '../../sign-ins.repository.ts';
import { reachAccount } from '../account-act.ts';

/** What another account is signed in by, to be looked through and ended. @throws of reachAccount */
export const listAccountSignIns = query(contract.listAccountSignIns, async (call) => {
  const { params, read } = call;
  await reachAccount(read, params.accountId, call);
  const sessions = await listSessionsOf(read, params.accountId);
  const keys = await listKeysOf(read, params.accountId);
  return { sessions: sessions.map((row) => toSessionRow(row, null)), keys };
});
