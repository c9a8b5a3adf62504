import { withdrawAccountKey as operation } from '@bangfu/contracts/gateway/accounts';
import type { Actor } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import { endKey } from '../../sign-ins.repository.ts';
import { actOnAccount } from '../account-act.ts';

/** Ends one key of another account. @throws Refusal 404, of actOnAccount */
export async function withdrawAccountKey(
  gateway: Gateway,
  accountId: string,
  keyId: string,
  actor: Actor,
): Promise<void> {
  const { caller: by, now } = actor;
  await actOnAccount(gateway, operation, accountId, actor, { keyId }, async ({ tx }) => {
    if (!(await endKey(tx, { id: keyId, userId: accountId }, { by, now }))) throw notFound();
    return { answer: null, change: { before: { keyId }, after: null } };
  });
}
