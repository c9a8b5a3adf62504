import type { Gateway } from '../../../gateway.ts';
import { listKeysOf } from '../../sign-ins.repository.ts';

/** The keys of an account, the newest first, ended ones too. */
export async function listKeys(gateway: Gateway, userId: string) {
  return { rows: await listKeysOf(gateway.prisma, userId) };
}
