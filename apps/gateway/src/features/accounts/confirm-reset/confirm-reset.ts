import * as contract from '@bangfu/contracts/gateway/accounts';
import { demandSecondToReset } from '@bangfu/domain/shared/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { procedure } from '../../../operations.ts';
import { reachAccount, takeAccount } from '../account-act.ts';
import { handOver, makeOneTime } from '../hand-over.ts';

/**
 * Confirms a proposed reset as a second administrator, who hands the password over.
 * @throws DomainError RESET_NOT_PROPOSED, RESET_OWN_PROPOSAL, of takeAccount
 */
export const confirmReset = procedure(contract.confirmReset, async (call) => {
  const { params, caller, read, response } = call;
  const { accountId } = params;
  response.set('cache-control', 'no-store');
  await reachAccount(read, accountId, call);
  const made = await makeOneTime();
  return call.act(async (given) => {
    const { account } = await takeAccount(given, accountId);
    const { resetProposedBy } = account;
    demand(resetProposedBy !== null, 'RESET_NOT_PROPOSED');
    demandSecondToReset(resetProposedBy, caller.id);
    return handOver(given, accountId, made);
  });
});
