import * as contract from '@bangfu/contracts/evaluation/samples';
import { demand } from '@bangfu/domain/shared/errors';
import { download } from '../../../operations.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, noteLook } from '../../evaluations/looks.ts';
import { writeQuestionnaire } from '../questionnaire.ts';
import { wholeSample } from '../sample-rows.ts';

/** Sends the enumerators' workbook to the evaluation's own evaluator. @throws DomainError EVALUATION_NOT_DRAWN */
export const downloadSurveyWorkbook = download(contract.downloadSurveyWorkbook, async (call) => {
  const { read, caller, response } = call;
  const { evaluationId } = call.params;
  const evaluation = await getVisible(read, evaluationId, caller);
  demand(evaluation.sample, 'EVALUATION_NOT_DRAWN');
  const rows = await wholeSample(read, evaluationId, evaluatorPrefixes(caller, evaluationId));
  await noteLook(call, contract.downloadSurveyWorkbook, evaluationId, { rows: rows.length });
  response.setHeader('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  const name = encodeURIComponent(`${evaluation.name}-入户调查表.xlsx`);
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${name}`);
  await writeQuestionnaire(response, rows);
});
