import { confirmReset as operation } from '@bangfu/contracts/gateway/accounts';
import { demandSecondToReset } from '@bangfu/domain/shared/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import type { Actor } from '@bangfu/platform/db/command';
import type { Gateway } from '../../../gateway.ts';
import { actOnAccount, reachAccount } from '../account-act.ts';
import { handOver, makeOneTime } from '../reset-password/reset-password.ts';

/**
 * Confirms a proposed reset as a second administrator, who hands the password over.
 * @throws DomainError RESET_NOT_PROPOSED, RESET_OWN_PROPOSAL, of actOnAccount
 */
export async function confirmReset(gateway: Gateway, accountId: string, actor: Actor) {
  await reachAccount(gateway, accountId, actor);
  const made = await makeOneTime();
  return actOnAccount(gateway, operation, accountId, actor, null, async (target) => {
    const { resetProposedBy } = target.user;
    demand(resetProposedBy !== null, 'RESET_NOT_PROPOSED');
    demandSecondToReset(resetProposedBy, actor.caller.id);
    return handOver(gateway, target, made, actor);
  });
}
