import { withdrawApiKey as operation } from '@bangfu/contracts/gateway/keys';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import { endKey } from '../../sign-ins.repository.ts';

/** Ends one of the caller's own keys. @throws Refusal 404 */
export async function withdrawKey(gateway: Gateway, id: string, actor: Actor): Promise<void> {
  const { caller, now } = actor;
  await runCommand(gateway.transaction, gateway.newId, operation, actor, { id }, async (tx) => {
    if (!(await endKey(tx, { id, userId: caller.id }, { by: caller, now }))) throw notFound();
    return {
      answer: null,
      audit: [{ action: operation.audit ?? '', recordType: 'api-key', recordId: id, change: null }],
    };
  });
  gateway.identities.drop(caller.id);
}
