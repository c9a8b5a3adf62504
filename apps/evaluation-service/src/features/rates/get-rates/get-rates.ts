import * as contract from '@bangfu/contracts/evaluation/rates';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { noteEvaluator } from '../../evaluations/looks.ts';
import { findLatestResult } from '../stored-result.ts';

/** The latest result of an evaluation. @throws Refusal 404 when nothing was computed yet */
export const getRates = query(contract.getRates, async (call) => {
  const { evaluationId } = call.params;
  await getVisible(call.read, evaluationId, call.caller);
  await noteEvaluator(call, { ...contract.getRates, audit: 'evaluation.rates.read' }, evaluationId);
  const result = await findLatestResult(call.read, evaluationId);
  if (!result) throw notFound();
  return result;
});
