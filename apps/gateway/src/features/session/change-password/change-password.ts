import { changePassword as operation } from '@bangfu/contracts/gateway/session';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { Identity } from '../../../auth/identity.ts';
import { hashPassword } from '../../../auth/password.ts';
import { checkPassword } from '../../../auth/password-rules.ts';
import type { Gateway } from '../../../gateway.ts';
import { lockAccount } from '../../accounts/grant-rules.ts';
import { endSignIns } from '../../sign-ins.repository.ts';

/** The password is the owner's own: whatever was handed over or asked for him is done with. */
const OWN_AGAIN = {
  mustChangePassword: false,
  oneTimeUntil: null,
  resetProposedAt: null,
  resetProposedBy: null,
  resetProposedByName: null,
} as const;

interface Given {
  readonly current: string;
  readonly next: string;
  readonly keepKeys?: boolean | undefined;
}

/**
 * Replaces one's own password; every other session of the account ends, and its keys unless they are to be kept.
 * @throws Refusal 422 WRONG_PASSWORD, 429 after many wrong ones; DomainError PASSWORD_UNCHANGED, PASSWORD_TOO_SIMPLE
 */
export async function changePassword(gateway: Gateway, identity: Identity, given: Given, actor: Actor): Promise<void> {
  const { username } = identity;
  // Counted like an attempt at the sign-in, and given back unless the password was wrong.
  const attempt = await gateway.limits.attempt(username, actor.caller.address);
  let isWrong = false;
  try {
    await replacePassword(gateway, identity, given, actor);
  } catch (error) {
    isWrong = error instanceof Refusal && error.code === 'WRONG_PASSWORD';
    throw error;
  } finally {
    if (!isWrong) await attempt.giveBack();
  }
  gateway.identities.drop(identity.account.id);
}

async function replacePassword(
  gateway: Gateway,
  { account: { id }, username, session }: Identity,
  given: Given,
  actor: Actor,
): Promise<void> {
  const proof = await gateway.library.prove(id, given.current, 'usual');
  const passwordHash = proof && (await hashPassword(given.next));
  const { keepKeys = false } = given;
  const { caller: by, now } = actor;
  const input = { current: gateway.conceal(given.current), next: gateway.conceal(given.next), keepKeys };
  await runCommand(gateway.transaction, gateway.newId, operation, actor, input, async (tx, sql) => {
    await lockAccount(sql, id);
    const isRight = proof && (await tx.credential.count({ where: { userId: id, password: proof.hash } })) > 0;
    if (!isRight || !passwordHash) throw new Refusal(422, 'WRONG_PASSWORD');
    demand(given.next !== given.current, 'PASSWORD_UNCHANGED');
    checkPassword(given.next, username);
    await gateway.library.setPassword(id, passwordHash);
    await tx.user.update({ where: { id }, data: OWN_AGAIN });
    const change = await endSignIns(tx, id, { by, now, keepSession: session?.id, keepKeys });
    return {
      answer: null,
      audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: id, change }],
    };
  });
}
