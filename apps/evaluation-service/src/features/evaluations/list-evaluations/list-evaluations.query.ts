import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listEvaluations } from '@bangfu/contracts/evaluation/evaluations';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Evaluation } from '../../../db/client.ts';
import { findVisible } from '../evaluation.repository.ts';

/** The evaluations within the caller's scope, newest first. */
export function findEvaluations(
  service: Evaluation,
  caller: Caller,
  query: QueryOf<typeof listEvaluations>,
): Promise<AnswerInputOf<typeof listEvaluations>> {
  return findVisible(pgSql(readsOf(service, caller)), caller, query);
}
