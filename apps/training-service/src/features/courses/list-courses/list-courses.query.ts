import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listCourses } from '@bangfu/contracts/training/courses';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { nameHolds, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Training } from '../../../db/client.ts';

/** The county's courses by name. */
export async function findCourses(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listCourses>,
): Promise<AnswerInputOf<typeof listCourses>> {
  const after = decodeCursor(query.cursor, 2);
  const pool = readsOf(service, caller);
  const where = `k.county_code = $1 AND ($2::text IS NULL OR ${nameHolds('k.name', '$2')}) AND ($3::text IS NULL OR k.kind = $3)`;
  const params = [caller.countyCode, searchPattern(query.search), query.kind ?? null];
  const { rows } = await pool.query<AnswerInputOf<typeof listCourses>['rows'][number]>(
    `SELECT k.id, k.name, k.kind, k.lessons, k.content, k.active, k.version,
       (SELECT count(*) FROM training_class c WHERE c.course_id = k.id) AS classes
     FROM course k WHERE ${where} ${after ? 'AND (k.name, k.id) > ($5, $6::uuid)' : ''}
     ORDER BY k.name, k.id LIMIT $4`,
    [...params, query.limit + 1, ...(after ?? [])],
  );
  const total = await pool.query<{ n: number }>(`SELECT count(*) AS n FROM course k WHERE ${where}`, params);
  return toPage(rows, query.limit, total.rows[0]?.n ?? 0, (row) => [row.name, row.id]);
}
