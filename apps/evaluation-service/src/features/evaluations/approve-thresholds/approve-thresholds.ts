import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireOtherApprover } from '@bangfu/domain/evaluation/thresholds';
import { command } from '../../../operations.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';

/**
 * Approves the thresholds as they are written in this version of the plan.
 * @throws DomainError EVALUATION_NOT_DRAFT, THRESHOLDS_SAME_PERSON @throws Refusal 409
 */
export const approveThresholds = command(contract.approveThresholds, async (call) => {
  const { params, body, tx, caller, now, audit } = call;
  const before = await getVisible(tx.sql, params.evaluationId, caller);
  demandStep(before.state, 'approve');
  requireOtherApprover(before.thresholdsBy, caller.id);
  const after = await moveOn(tx, before, body.version, caller, {
    thresholds_approved_by: caller.name,
    thresholds_approved_at: now,
  });
  audit.change(
    'evaluation',
    before.id,
    { approval: before.thresholdsApproval },
    { approval: after.thresholdsApproval, thresholds: before.thresholds },
  );
  return after;
});
