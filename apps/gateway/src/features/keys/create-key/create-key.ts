import { randomBytes } from 'node:crypto';
import { createApiKey as operation } from '@bangfu/contracts/gateway/keys';
import { type Actor, answeringInside, runCommand } from '@bangfu/service-kit/db/command';
import { keyDigest } from '../../../auth/identity.ts';
import type { Gateway } from '../../../gateway.ts';

/** Makes a key of the caller's account. @returns the key, which is shown this once */
export async function createKey(gateway: Gateway, name: string, actor: Actor): Promise<{ id: string; key: string }> {
  const { caller, now } = actor;
  const answer = await runCommand(
    gateway.transaction,
    gateway.newId,
    answeringInside(operation),
    actor,
    { name },
    async (tx) => {
      const id = gateway.newId(now);
      const key = `bangfu_${randomBytes(32).toString('base64url')}`;
      const { countyCode } = gateway;
      await tx.apiKey.create({
        data: { id, countyCode, userId: caller.id, name, keySha256: keyDigest(key), createdAt: now },
      });
      return {
        // The answer is kept for a repeat of the same submission, so the key in it is sealed.
        answer: { id, sealed: gateway.cipher.seal(key).toString('base64') },
        audit: [{ action: operation.audit ?? '', recordType: 'api-key', recordId: id, change: { after: { name } } }],
      };
    },
  );
  return { id: answer.id, key: gateway.cipher.open(Buffer.from(answer.sealed, 'base64')) };
}
