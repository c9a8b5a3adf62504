import * as contract from '@bangfu/contracts/evaluation/samples';
import { demand } from '@bangfu/domain/shared/errors';
import { query } from '../../../operations.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { noteEvaluator } from '../../evaluations/looks.ts';
import { compareSample } from '../compare-sample.ts';

/** Hashes the frame and draws the sample again, for one evaluation. @throws DomainError EVALUATION_NOT_DRAWN */
export const verifySample = query(contract.verifySample, async (call) => {
  const { evaluationId } = call.params;
  const evaluation = await getVisible(call.read, evaluationId, call.caller);
  await noteEvaluator(call, { ...contract.verifySample, audit: 'evaluation.sample.verified' }, evaluationId);
  demand(evaluation.sample, 'EVALUATION_NOT_DRAWN');
  return { checkedAt: call.now.toISOString(), ...(await compareSample(call.read, evaluation)) };
});
