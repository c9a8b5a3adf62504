import type { listImportProblems } from '@bangfu/contracts/identification/imports';
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

/** The problems of one import in the order they were found, all or of one code. */
export async function findProblems(
  service: Identification,
  caller: Caller,
  importId: string,
  query: QueryOf<typeof listImportProblems>,
  language: 'zh' | 'en',
): Promise<AnswerInputOf<typeof listImportProblems>> {
  await getVisible(service.prisma, importId, caller);
  const after = decodeCursor(query.cursor, 1);
  const { rows } = await service.pool.query<ProblemRow>(
    `SELECT position, sheet, "row", "column", value, code, severity, household, village FROM import_problem
     WHERE import_id = $1::uuid AND ($2::text IS NULL OR code = $2) AND position > $3 ORDER BY position LIMIT $4`,
    [importId, query.code ?? null, after?.[0] ?? -1, query.limit + 1],
  );
  const total = await service.pool.query<{ n: number }>(
    'SELECT count(*) AS n FROM import_problem WHERE import_id = $1::uuid AND ($2::text IS NULL OR code = $2)',
    [importId, query.code ?? null],
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
