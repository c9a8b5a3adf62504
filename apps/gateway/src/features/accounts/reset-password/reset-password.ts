import { resetPassword as operation } from '@bangfu/contracts/gateway/accounts';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { needsSecondToReset, oneTimeUntil } from '@bangfu/domain/shared/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import type { Actor } from '@bangfu/platform/db/command';
import { hashPassword, oneTimePassword } from '../../../auth/password.ts';
import type { Gateway } from '../../../gateway.ts';
import type { User } from '../../../generated/prisma/client.ts';
import { endSignIns } from '../../sign-ins.repository.ts';
import { actOnAccount, outcomeOf, reachAccount, type Target } from '../account-act.ts';

type Answer = AnswerOf<typeof operation>;

/** A password to be handed over and its hash, made before the transaction that stores it. */
export async function makeOneTime(): Promise<{ readonly password: string; readonly hash: string }> {
  const password = oneTimePassword();
  return { password, hash: await hashPassword(password) };
}

/**
 * Gives an account a password to be handed over, which ends whatever it was signed in by.
 * @returns what the act answers and notes
 */
export async function handOver(
  gateway: Gateway,
  { tx, user: { id } }: Pick<Target, 'tx'> & { readonly user: Pick<User, 'id'> },
  made: { readonly password: string; readonly hash: string },
  { caller: by, now }: Actor,
) {
  const until = oneTimeUntil(now);
  await gateway.library.setPassword(id, made.hash);
  const after = await tx.user.update({
    where: { id },
    data: {
      mustChangePassword: true,
      oneTimeUntil: until,
      resetProposedAt: null,
      resetProposedBy: null,
      resetProposedByName: null,
    },
  });
  const ended = await endSignIns(tx, id, { by, now });
  const oneTime = { oneTimePassword: made.password, oneTimeUntil: until.toISOString() };
  return {
    answer: { ...outcomeOf(after, now), ...oneTime },
    change: { after: { until: until.toISOString(), ...ended } },
  };
}

/**
 * Resets the password of another account. Of one whose roles need a second administrator it is proposed only: whoever
 * resets a password could sign in by it. @throws DomainError ACCOUNT_DISABLED, RESET_WAITS, of actOnAccount
 */
export async function resetPassword(gateway: Gateway, accountId: string, actor: Actor) {
  const { caller, now } = actor;
  await reachAccount(gateway, accountId, actor);
  const made = await makeOneTime();
  return actOnAccount<Answer>(gateway, operation, accountId, actor, null, async (target) => {
    const { tx, user, grants } = target;
    demand(user.disabledAt === null, 'ACCOUNT_DISABLED');
    if (!needsSecondToReset(grants)) return handOver(gateway, target, made, actor);
    demand(user.resetProposedAt === null, 'RESET_WAITS');
    const after = await tx.user.update({
      where: { id: accountId },
      data: { resetProposedAt: now, resetProposedBy: caller.id, resetProposedByName: caller.name },
    });
    const answer = { ...outcomeOf(after, now), oneTimePassword: null, oneTimeUntil: null };
    return { answer, change: { after: { isProposed: true } } };
  });
}
