import * as contract from '@bangfu/contracts/identification/imports';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { problemText } from '@bangfu/domain/identification/roster/messages';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { query, type Tables } from '../../../operations.ts';
import { getVisible } from '../import.repository.ts';

const problems = (read: ReadSql<Tables>) =>
  read
    .selectFrom('import_problem as p')
    .select(['p.sheet', 'p.row', 'p.column', 'p.value', 'p.code', 'p.severity', 'p.household', 'p.village']);

const AS_FOUND = orderOf<object>()(problems, ({ number }) => ({ columns: {}, own: [number('p.position')] }));

/** The problems of one import in the order they were found: all, of one code, in one village. @throws Refusal 404 */
export const listImportProblems = query(contract.listImportProblems, async (call) => {
  const { read, caller, params, query: asked, language } = call;
  await getVisible(read, params.importId, caller);
  const { code, village } = asked;
  let found = problems(read).where('p.import_id', '=', params.importId);
  if (code !== undefined) found = found.where((eb) => eb(eb.cast<string>('p.code', 'text'), '=', code));
  if (village !== undefined) found = found.where('p.village', 'is not distinct from', village || null);
  const page = await pageOfList(found, AS_FOUND, asked);
  return {
    ...page,
    rows: page.rows.map((problem) => {
      const { message, suggestion } = problemText(problem, language);
      return { ...problem, message: `${message} ${suggestion}`.trim() };
    }),
  };
});
