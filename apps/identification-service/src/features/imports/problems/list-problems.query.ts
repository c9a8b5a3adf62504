import type {
  countImportProblems,
  ImportProblemGroup,
  listImportProblems,
} from '@bangfu/contracts/identification/imports';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { problemText } from '@bangfu/domain/identification/roster/messages';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { byNumber, listOrder } from '@bangfu/data/list-order';
import { readPage } from '@bangfu/platform/http/page';
import type { Identification } from '../../../db/client.ts';
import { getVisible } from '../import.repository.ts';

const ASKED = `import_id = $1::uuid AND ($2::text IS NULL OR code = $2)
  AND ($3::text IS NULL OR village IS NOT DISTINCT FROM nullif($3, ''))`;

const AS_FOUND = listOrder({}, [byNumber('position')]);

/** The problems of one import in the order they were found: all, of one code, in one village. */
export async function findProblems(
  service: Identification,
  caller: Caller,
  importId: string,
  query: QueryOf<typeof listImportProblems>,
  language: 'zh' | 'en',
): Promise<AnswerInputOf<typeof listImportProblems>> {
  await getVisible(service.prisma, importId, caller);
  const page = await readPage<RosterProblem & { readonly village: string | null }>(
    pgSql(service.pool),
    AS_FOUND,
    query,
    {
      columns: 'sheet, "row", "column", value, code, severity, household, village',
      from: `FROM import_problem WHERE ${ASKED}`,
      params: [importId, query.code ?? null, query.village ?? null],
    },
  );
  return {
    ...page,
    rows: page.rows.map((problem) => {
      const { message, suggestion } = problemText(problem, language);
      return { ...problem, message: `${message} ${suggestion}`.trim() };
    }),
  };
}

/** How many problems there are of each code in each village; without a village last. */
export async function countProblems(
  service: Identification,
  caller: Caller,
  importId: string,
): Promise<AnswerInputOf<typeof countImportProblems>> {
  await getVisible(service.prisma, importId, caller);
  const { rows } = await service.pool.query<ImportProblemGroup>(
    `SELECT code, severity, village, count(*) AS count FROM import_problem WHERE import_id = $1::uuid
     GROUP BY code, severity, village ORDER BY code, village`,
    [importId],
  );
  return { rows };
}
