import { type Evaluation as Shown, reviseEvaluation as operation } from '@bangfu/contracts/evaluation/evaluations';
import type { EvaluationPlan } from '@bangfu/contracts/evaluation/plan';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { sameThresholds } from '@bangfu/domain/evaluation/thresholds';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { planColumns } from '../create-evaluation/create-evaluation.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';

/**
 * Changes the plan while nothing is frozen; other thresholds are their drafter's, and approved by nobody.
 * @throws Refusal 409 @throws DomainError EVALUATION_NOT_DRAFT, THRESHOLDS_DOCUMENT_MISSING
 */
export function reviseEvaluation(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  { version, ...plan }: EvaluationPlan & { version: number },
): Promise<Shown> {
  const input = { evaluationId, version, ...plan };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    demandStep(before.state, 'revise');
    const columns = planColumns(plan, actor);
    const redrafted = { thresholdsBy: actor.caller.id, thresholdsApprovedBy: null, thresholdsApprovedAt: null };
    const answer = await moveOn(tx, sql, before, version, actor.caller, {
      ...columns,
      ...(!sameThresholds(columns.thresholds, before.thresholds) && redrafted),
    });
    const { name, frameDate, regions, thresholds, design, fieldFrom, fieldTo, seedPlan } = before;
    const change = {
      before: { name, frameDate, regions, thresholds, design, fieldFrom, fieldTo, seedPlan },
      after: plan,
    };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}
