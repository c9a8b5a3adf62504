import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { command } from '../../../operations.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';
import { planColumns } from '../plan-columns.ts';

/**
 * Changes the plan while nothing is frozen.
 * @throws Refusal 409 @throws DomainError EVALUATION_NOT_DRAFT and those of planColumns
 */
export const reviseEvaluation = command(contract.reviseEvaluation, async ({ params, body, tx, caller, audit }) => {
  const { version, ...plan } = body;
  const before = await getVisible(tx.sql, params.evaluationId, caller);
  demandStep(before.state, 'revise');
  const after = await moveOn(tx, before, version, caller, planColumns(plan, caller));
  const { name, frameDate, regions, design, fieldFrom, fieldTo, seedPlan } = before;
  const former = { name, frameDate, regions, design, fieldFrom, fieldTo, seedPlan };
  audit.change('evaluation', before.id, former, plan);
  return after;
});
