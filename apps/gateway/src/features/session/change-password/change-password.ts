import { changePassword as operation } from '@bangfu/contracts/gateway/session';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { Refusal } from '@bangfu/service-kit/http/refusal';
import type { Identity } from '../../../auth/identity.ts';
import { checkPassword } from '../../../auth/password-rules.ts';
import type { Gateway } from '../../../gateway.ts';

/**
 * Replaces one's own password; every other session of the account ends, this one stays.
 * @throws Refusal 422 WRONG_PASSWORD, 429 after many wrong ones; DomainError PASSWORD_UNCHANGED, PASSWORD_TOO_SIMPLE
 */
export async function changePassword(
  gateway: Gateway,
  identity: Identity,
  given: { current: string; next: string },
  actor: Actor,
): Promise<void> {
  const { account, username, session } = identity;
  const { address } = actor.caller;
  await gateway.limits.beforeSignIn(username, address);
  const input = { current: gateway.conceal(given.current), next: gateway.conceal(given.next) };
  try {
    await runCommand(gateway.transaction, gateway.newId, operation, actor, input, async (tx) => {
      if (!(await gateway.library.isPassword(account.id, given.current))) throw new Refusal(422, 'WRONG_PASSWORD');
      demand(given.next !== given.current, 'PASSWORD_UNCHANGED');
      checkPassword(given.next, username);
      await gateway.library.setPassword(account.id, given.next);
      await tx.user.update({ where: { id: account.id }, data: { mustChangePassword: false } });
      await tx.session.deleteMany({ where: { userId: account.id, ...(session ? { NOT: { id: session.id } } : {}) } });
      return {
        answer: null,
        audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: account.id, change: null }],
      };
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === 'WRONG_PASSWORD')
      await gateway.limits.failedSignIn(username, address);
    throw error;
  }
  gateway.identities.drop(account.id);
}
