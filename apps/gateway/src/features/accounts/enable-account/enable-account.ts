import { enableAccount as operation } from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import type { Actor } from '@bangfu/platform/db/command';
import type { Gateway } from '../../../gateway.ts';
import { actOnAccount, outcomeOf } from '../account-act.ts';

/**
 * Enables a disabled account. Sessions and keys that ended with it stay ended.
 * @throws DomainError ACCOUNT_NOT_DISABLED, of actOnAccount
 */
export async function enableAccount(gateway: Gateway, accountId: string, reason: string, actor: Actor) {
  return actOnAccount(gateway, operation, accountId, actor, { reason }, async ({ tx, user }) => {
    demand(user.disabledAt !== null, 'ACCOUNT_NOT_DISABLED');
    const after = await tx.user.update({
      where: { id: accountId },
      data: { disabledAt: null, disabledBy: null, disabledByName: null, disabledReason: null },
    });
    const before = { disabled: true, reason: user.disabledReason };
    return { answer: outcomeOf(after, actor.now), change: { before, after: { disabled: false, reason } } };
  });
}
