import { disableAccount as operation } from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import type { Actor } from '@bangfu/platform/db/command';
import type { Gateway } from '../../../gateway.ts';
import { endSignIns } from '../../sign-ins.repository.ts';
import { actOnAccount, outcomeOf } from '../account-act.ts';
import { holdsPlatform, lockAdministrators, countAdministrators } from '../grant-rules.ts';

/**
 * Disables an account: nobody signs in by it, and whoever has is out at once. By one hand, because it must be possible
 * at once; grants stay as they are. @throws DomainError ACCOUNT_DISABLED, LAST_ADMINISTRATOR_STAYS, of actOnAccount
 */
export async function disableAccount(gateway: Gateway, accountId: string, reason: string, actor: Actor) {
  const { caller: by, now } = actor;
  return actOnAccount(gateway, operation, accountId, actor, { reason }, async ({ tx, sql, user, grants }) => {
    demand(user.disabledAt === null, 'ACCOUNT_DISABLED');
    if (grants.some(holdsPlatform)) {
      await lockAdministrators(sql);
      demand((await countAdministrators(tx, { accountId })) > 0, 'LAST_ADMINISTRATOR_STAYS');
    }
    const after = await tx.user.update({
      where: { id: accountId },
      data: {
        disabledAt: now,
        disabledBy: by.id,
        disabledByName: by.name,
        disabledReason: reason,
        resetProposedAt: null,
        resetProposedBy: null,
        resetProposedByName: null,
      },
    });
    const ended = await endSignIns(tx, accountId, { by, now });
    return {
      answer: outcomeOf(after, now),
      change: { before: { disabled: false }, after: { disabled: true, reason, ...ended } },
    };
  });
}
