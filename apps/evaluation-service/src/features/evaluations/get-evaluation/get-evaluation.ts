import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { query } from '../../../operations.ts';
import { getVisible } from '../evaluation.repository.ts';
import { noteEvaluator } from '../looks.ts';

/** One evaluation within the caller's scope. @throws Refusal 404 */
export const getEvaluation = query(contract.getEvaluation, async (call) => {
  const { evaluationId } = call.params;
  const evaluation = await getVisible(call.read, evaluationId, call.caller);
  await noteEvaluator(call, { ...contract.getEvaluation, audit: 'evaluation.evaluation.read' }, evaluationId);
  return evaluation;
});
