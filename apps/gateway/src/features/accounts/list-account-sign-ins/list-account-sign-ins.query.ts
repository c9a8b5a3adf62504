import type { Actor } from '@bangfu/platform/db/command';
import type { Gateway } from '../../../gateway.ts';
import { listKeysOf, listSessionsOf, toSessionRow } from '../../sign-ins.repository.ts';
import { reachAccount } from '../account-act.ts';

/** What another account is signed in by, to be looked through and ended. @throws of reachAccount */
export async function listAccountSignIns(gateway: Gateway, accountId: string, call: Pick<Actor, 'caller' | 'now'>) {
  await reachAccount(gateway, accountId, call);
  const sessions = await listSessionsOf(gateway.prisma, accountId);
  const keys = await listKeysOf(gateway.prisma, accountId);
  return { sessions: sessions.map((row) => toSessionRow(row, null)), keys };
}
