import type {
  countImportProblems,
  ImportProblemGroup,
  listImportProblems,
} from '@bangfu/contracts/identification/imports';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { problemText } from '@bangfu/domain/identification/roster/messages';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Identification } from '../../../db/client.ts';
import { getVisible } from '../import.repository.ts';

interface ProblemRow extends RosterProblem {
  readonly position: number;
  readonly village: string | null;
}

const ASKED = `import_id = $1::uuid AND ($2::text IS NULL OR code = $2)
  AND ($3::text IS NULL OR village IS NOT DISTINCT FROM nullif($3, ''))`;

/** The problems of one import in the order they were found: all, of one code, in one village. */
export async function findProblems(
  service: Identification,
  caller: Caller,
  importId: string,
  query: QueryOf<typeof listImportProblems>,
  language: 'zh' | 'en',
): Promise<AnswerInputOf<typeof listImportProblems>> {
  await getVisible(service.prisma, importId, caller);
  const after = decodeCursor(query.cursor, 1);
  const asked = [importId, query.code ?? null, query.village ?? null];
  const { rows } = await service.pool.query<ProblemRow>(
    `SELECT position, sheet, "row", "column", value, code, severity, household, village FROM import_problem
     WHERE ${ASKED} AND position > $4 ORDER BY position LIMIT $5`,
    [...asked, after?.[0] ?? -1, query.limit + 1],
  );
  const total = await service.pool.query<{ n: number }>(
    `SELECT count(*) AS n FROM import_problem WHERE ${ASKED}`,
    asked,
  );
  const page = toPage(rows, query.limit, total.rows[0]?.n ?? 0, (row) => [row.position]);
  return {
    ...page,
    rows: page.rows.map(({ position: _, ...problem }) => {
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
