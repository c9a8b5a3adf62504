import { endSession as operation } from '@bangfu/contracts/gateway/session';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Gateway } from '../../../gateway.ts';

/** Ends one of the caller's own sessions, on a machine left behind say. @throws Refusal 404 */
export async function endSession(gateway: Gateway, sessionId: string, actor: Actor): Promise<void> {
  const { caller } = actor;
  await runCommand(gateway.transaction, gateway.newId, operation, actor, { sessionId }, async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, userId: caller.id } });
    if (count === 0) throw notFound();
    const change = { before: { sessionId }, after: null };
    return {
      answer: null,
      audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: caller.id, change }],
    };
  });
  gateway.identities.drop(caller.id);
}
