import { approveThresholds as operation, type Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireOtherApprover } from '@bangfu/domain/evaluation/thresholds';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';

/**
 * Approves the thresholds as they are written in this version of the plan.
 * @throws DomainError EVALUATION_NOT_DRAFT, THRESHOLDS_SAME_PERSON @throws Refusal 409
 */
export function approveThresholds(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  version: number,
): Promise<Shown> {
  const input = { evaluationId, version };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    demandStep(before.state, 'approve');
    requireOtherApprover(before.thresholdsBy, actor.caller.id);
    const answer = await moveOn(tx, sql, before, version, actor.caller, {
      thresholdsApprovedBy: actor.caller.name,
      thresholdsApprovedAt: actor.now,
    });
    const change = {
      before: { approval: before.thresholdsApproval },
      after: { approval: answer.thresholdsApproval, thresholds: before.thresholds },
    };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}
