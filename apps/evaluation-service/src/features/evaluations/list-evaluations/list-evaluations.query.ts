import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listEvaluations } from '@bangfu/contracts/evaluation/evaluations';
import { pgSql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Evaluation } from '../../../db/client.ts';
import { findVisible } from '../evaluation.repository.ts';

/** The evaluations within the caller's scope, newest first. */
export async function findEvaluations(
  service: Evaluation,
  caller: Caller,
  query: QueryOf<typeof listEvaluations>,
): Promise<AnswerInputOf<typeof listEvaluations>> {
  const after = decodeCursor(query.cursor, 1);
  const page = { before: after ? String(after[0]) : null, limit: query.limit + 1 };
  const { rows, total } = await findVisible(pgSql(readsOf(service, caller)), caller, page);
  return toPage(rows, query.limit, total, (row) => [row.id]);
}
