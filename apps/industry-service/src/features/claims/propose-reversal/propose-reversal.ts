import * as contract from '@bangfu/contracts/industry/claims';
import { demandReversible } from '@bangfu/domain/industry/claim';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { holdDeclaration } from '../../declarations/declaration.repository.ts';
import { getClaimRow, getSettlement, toSettlement } from '../claim.repository.ts';
import { keepProposal } from '../keep-proposal.ts';

/**
 * Proposes that a settlement be reversed: what was collected went back to the household, or a set-off is undone.
 * @throws Refusal 404; DomainError SETTLEMENT_FINAL
 */
export const proposeReversal = command(contract.proposeReversal, async (call) => {
  const { tx, caller } = call;
  const { settlementId } = call.params;
  const { claimId } = await getSettlement(tx.sql, settlementId);
  const claim = await getClaimRow(tx.sql, caller, claimId);
  await holdDeclaration(tx, caller, claim.declarationId, 'acts');
  const settlement = await getSettlement(tx.sql, settlementId);
  demandReversible(toSettlement(settlement));
  const { amountFen, reference, lineId } = settlement;
  return keepProposal(call, claim, {
    kind: 'reversal',
    amountFen,
    settledOn: businessDayOf(call.now),
    reference,
    lineId,
    reverses: settlementId,
    reason: call.body.reason,
  });
});
