import { withdrawReset as operation } from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import type { Actor } from '@bangfu/platform/db/command';
import type { Gateway } from '../../../gateway.ts';
import { actOnAccount } from '../account-act.ts';

/** Withdraws a proposed reset; the password stays as it is. @throws DomainError RESET_NOT_PROPOSED, of actOnAccount */
export async function withdrawReset(gateway: Gateway, accountId: string, actor: Actor): Promise<void> {
  await actOnAccount(gateway, operation, accountId, actor, null, async ({ tx, user }) => {
    demand(user.resetProposedAt !== null, 'RESET_NOT_PROPOSED');
    await tx.user.update({
      where: { id: accountId },
      data: { resetProposedAt: null, resetProposedBy: null, resetProposedByName: null },
    });
    return { answer: null, change: { before: { proposedBy: user.resetProposedByName }, after: null } };
  });
}
