import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/evaluation/returns';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { QUESTIONNAIRE } from '@bangfu/domain/evaluation/questionnaire';
import { KIT_MESSAGES, render } from '@bangfu/platform/http/messages';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { MESSAGES } from '../../../messages.ts';
import { query, type Tables } from '../../../operations.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, isOpenToAll, noteEvaluator } from '../../evaluations/looks.ts';
import { getReturnFile } from '../return.repository.ts';

const problems = (read: ReadSql<Tables>) =>
  read.selectFrom('return_problem').select(['row', 'column', 'value', 'code', 'household']);

const AS_FOUND = orderOf<QueryOf<typeof contract.listReturnProblems>>()(problems, ({ number }) => ({
  columns: {},
  own: [number('position')],
}));

/** The columns of the questionnaire whose cells name a household. */
const NAMING_COLUMNS: ReadonlySet<string> = new Set(
  (['returnId', 'corrects', 'householdNumber', 'township', 'village', 'headName'] as const).map(
    (field) => QUESTIONNAIRE[field],
  ),
);

/**
 * What kept rows of one file from being accepted, by row, and then what of it was not read. Until the returns are in
 * only the evaluator reads which household a row is about.
 * @throws Refusal 404
 */
export const listReturnProblems = query(contract.listReturnProblems, async (call) => {
  const { read, caller, language } = call;
  const { evaluationId, fileId } = call.params;
  const evaluation = await getVisible(read, evaluationId, caller);
  const open = isOpenToAll(evaluation, call.now) || evaluatorPrefixes(caller, evaluationId).length > 0;
  const operation = { ...contract.listReturnProblems, audit: 'evaluation.returns.read' };
  await noteEvaluator(call, operation, evaluationId, { fileId });
  await getReturnFile(read, evaluationId, fileId);
  const page = await pageOfList(problems(read).where('file_id', '=', fileId), AS_FOUND, call.query);
  const messages = { ...KIT_MESSAGES, ...MESSAGES };
  return {
    ...page,
    rows: page.rows.map((problem) => {
      const value = open || !NAMING_COLUMNS.has(problem.column) ? problem.value : '';
      const params = { household: problem.household ?? '', column: problem.column, value };
      return {
        ...problem,
        household: open ? problem.household : null,
        value,
        message: render(messages, problem.code, params, language),
      };
    }),
  };
});
