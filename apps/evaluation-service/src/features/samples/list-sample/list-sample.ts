import * as contract from '@bangfu/contracts/evaluation/samples';
import { nameKey } from '@bangfu/domain/shared/normalise';
import { maskName } from '@bangfu/domain/shared/person-name';
import { query } from '../../../operations.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, noteLook, samplePrefixes, seesNames } from '../../evaluations/looks.ts';
import { readSampleRows } from '../sample-rows.ts';

/**
 * The sample within the caller's region: open to its own evaluators, and to office, leaders and auditors when the
 * returns are in.
 * @throws DomainError SAMPLE_CLOSED
 */
export const listSample = query(contract.listSample, async (call) => {
  const { read, caller, query: asked } = call;
  const { evaluationId } = call.params;
  const evaluation = await getVisible(read, evaluationId, caller);
  const prefixes = samplePrefixes(call, evaluation);
  await noteLook(call, contract.listSample, evaluationId, asked);
  const open = seesNames(call) || evaluatorPrefixes(caller, evaluationId).length > 0;
  // A name that is masked cannot be searched for.
  const search = open || /^\d+$/.test(nameKey(asked.search ?? '')) ? asked.search : undefined;
  const page = await readSampleRows(read, prefixes, evaluationId, { ...asked, search }, !open);
  if (open) return page;
  return { ...page, rows: page.rows.map((row) => ({ ...row, headName: maskName(row.headName) })) };
});
