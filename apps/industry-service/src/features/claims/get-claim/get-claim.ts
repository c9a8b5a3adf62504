import * as contract from '@bangfu/contracts/industry/claims';
import { demandDecides, reversalRefusal, SETTLEMENT_DECISIONS, settleRefusal } from '@bangfu/domain/industry/claim';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { query } from '../../../operations.ts';
import { callerRefusal, type StepCommand, toStep } from '../../../steps.ts';
import { findPayableLines, getClaimRow, settlements, toSettlement } from '../claim.repository.ts';

/** One claim with its settlements, and what the caller can do with each now. @throws Refusal 404 */
export const getClaim = query(contract.getClaim, async (call) => {
  const { read, caller, language } = call;
  const { claimId } = call.params;
  const claim = await getClaimRow(read, caller, claimId);
  const closedTo = (op: StepCommand['op']) => callerRefusal(read, call, { op, reach: 'acts' }, claim.entityId);
  const [noSettling, noReversing, noDeciding] = [
    await closedTo(contract.proposeSettlement),
    await closedTo(contract.proposeReversal),
    await closedTo(contract.decideSettlement),
  ];
  const rows = await settlements(read).where('s.claim_id', '=', claimId).execute();
  return {
    ...claim,
    steps: [toStep('settle' as const, noSettling ?? settleRefusal(claim), language)],
    settlements: rows.map((row) => {
      const settlement = toSettlement(row);
      const deciding = noDeciding ?? refusalOf(() => demandDecides(settlement, caller.id));
      return {
        ...row,
        steps: [
          ...SETTLEMENT_DECISIONS.map((step) => toStep(step, deciding, language)),
          toStep('reverse' as const, noReversing ?? reversalRefusal(settlement), language),
        ],
      };
    }),
    lines: await findPayableLines(read, claim),
  };
});
