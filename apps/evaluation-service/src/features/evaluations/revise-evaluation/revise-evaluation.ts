import {
  type Evaluation as Shown,
  type EvaluationPlan,
  reviseEvaluation as operation,
} from '@bangfu/contracts/evaluation/evaluations';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { planColumns } from '../create-evaluation/create-evaluation.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';

/** Changes the plan while nothing is frozen. @throws Refusal 409 @throws DomainError EVALUATION_NOT_DRAFT */
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
    const answer = await moveOn(tx, sql, before, version, actor.caller, planColumns(plan, actor));
    const { name, frameDate, regions, thresholds, design, fieldFrom, fieldTo } = before;
    const change = { before: { name, frameDate, regions, thresholds, design, fieldFrom, fieldTo }, after: plan };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}
