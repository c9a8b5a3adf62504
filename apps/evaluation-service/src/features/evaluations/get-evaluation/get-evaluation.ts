import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { query } from '../../../operations.ts';
import { getVisible } from '../evaluation.repository.ts';
import { noteLook } from '../looks.ts';

/** One evaluation within the caller's scope. @throws Refusal 404 */
export const getEvaluation = query(contract.getEvaluation, async (call) => {
  const { evaluationId } = call.params;
  const evaluation = await getVisible(call.read, evaluationId, call.caller);
  await noteLook(call, { action: 'evaluation.evaluation.read', evaluationId, sensitive: false });
  return evaluation;
});
