import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/claims';
import { demandDecides, reversalRefusal, SETTLEMENT_DECISIONS, settleRefusal } from '@bangfu/domain/industry/claim';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Reader } from '@bangfu/platform/steps';
import type { Industry } from '../../../db/client.ts';
import { callerRefusal, toStep } from '../../../steps.ts';
import { findPayableLines, findSettlements, getClaimRow, toSettlement } from '../claim.repository.ts';

/** One claim with its settlements, and what the caller can do with each now. @throws Refusal 404 */
export async function getClaim(
  service: Industry,
  reader: Reader,
  claimId: string,
): Promise<AnswerInputOf<typeof contract.getClaim>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const { caller, language } = reader;
  const claim = await getClaimRow(sql, caller, claimId);
  const closedTo = (op: Parameters<typeof callerRefusal>[2]['op']) =>
    callerRefusal(sql, reader, { op, reach: 'acts' }, claim.entityId);
  const [noSettling, noReversing, noDeciding] = [
    await closedTo(contract.proposeSettlement),
    await closedTo(contract.proposeReversal),
    await closedTo(contract.decideSettlement),
  ];
  const settlements = await findSettlements(sql, 's.claim_id = $1::uuid', [claimId]);
  return {
    ...claim,
    steps: [toStep('settle', noSettling ?? settleRefusal(claim), language)],
    settlements: settlements.map((row) => {
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
    lines: await findPayableLines(sql, claim),
  };
}
