import { endAccountSession as operation } from '@bangfu/contracts/gateway/accounts';
import type { Actor } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import { actOnAccount } from '../account-act.ts';

/** Ends one session of another account. @throws Refusal 404, of actOnAccount */
export async function endAccountSession(
  gateway: Gateway,
  accountId: string,
  sessionId: string,
  actor: Actor,
): Promise<void> {
  await actOnAccount(gateway, operation, accountId, actor, { sessionId }, async ({ tx }) => {
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, userId: accountId } });
    if (count === 0) throw notFound();
    return { answer: null, change: { before: { sessionId }, after: null } };
  });
}
