import * as contract from '@bangfu/contracts/evaluation/returns';
import { query } from '../../../operations.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { noteEvaluator } from '../../evaluations/looks.ts';
import { findReturnFiles } from '../return.repository.ts';

/** The files of returns of one evaluation, newest first. @throws Refusal 404 */
export const listReturnFiles = query(contract.listReturnFiles, async (call) => {
  const { evaluationId } = call.params;
  await getVisible(call.read, evaluationId, call.caller);
  await noteEvaluator(call, { ...contract.listReturnFiles, audit: 'evaluation.returns.read' }, evaluationId);
  return findReturnFiles(call.read, evaluationId, call.query);
});
