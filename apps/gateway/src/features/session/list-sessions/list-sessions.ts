import * as contract from '@bangfu/contracts/gateway/session';
import { query } from '../../../operations.ts';
import { listSessionsOf, toSessionRow } from '../../sign-ins.repository.ts';
import { ownIdentity } from '../own-identity.ts';

/** The caller's own sessions, the newest first; the one that asks is marked. @throws Refusal 401 */
export const listSessions = query(contract.listSessions, async ({ read, request }) => {
  const { account, session } = ownIdentity(request);
  const rows = await listSessionsOf(read, account.id);
  return { rows: rows.map((row) => toSessionRow(row, session?.id ?? null)) };
});
