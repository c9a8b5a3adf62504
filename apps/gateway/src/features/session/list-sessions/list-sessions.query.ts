import type { Identity } from '../../../auth/identity.ts';
import type { Gateway } from '../../../gateway.ts';
import { listSessionsOf, toSessionRow } from '../../sign-ins.repository.ts';

/** The caller's own sessions, the newest first; the one that asks is marked. */
export async function listSessions(gateway: Gateway, { account, session }: Identity) {
  const rows = await listSessionsOf(gateway.prisma, account.id);
  return { rows: rows.map((row) => toSessionRow(row, session?.id ?? null)) };
}
