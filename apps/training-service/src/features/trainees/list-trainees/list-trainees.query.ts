import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listTrainees, Trainee } from '@bangfu/contracts/training/trainees';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Training } from '../../../db/client.ts';
import { learnerVisible, visibleTo } from '../../../db/visible.ts';

/** Enrolments that hold, within the scope whose parameters are $1 to $3. */
const ENROLLED = `FROM enrolment e JOIN training_class c ON c.id = e.class_id
  WHERE ${learnerVisible(1)} AND e.withdrawn_on IS NULL`;

/** Marks of `enrolment e` in sessions that were not cancelled. */
const MARKS = `FROM attendance a JOIN class_session s ON s.id = a.session_id AND s.cancelled IS NULL`;

/** One page of the persons enrolled within the caller's scope, by household number; each person once. */
export async function findTrainees(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listTrainees>,
): Promise<AnswerInputOf<typeof listTrainees>> {
  const after = decodeCursor(query.cursor, 2);
  const pool = readsOf(service, caller);
  const from = `${ENROLLED} AND ($4::text IS NULL OR starts_with(e.household_number, $4) OR starts_with(e.person_name, $4))`;
  const params = [...visibleTo(caller), query.search?.trim() || null];
  // The latest enrolment says where the person lives.
  const { rows } = await pool.query<Trainee>(
    `WITH person AS (SELECT e.person_id AS id, (array_agg(e.id ORDER BY e.id DESC))[1] AS latest, array_agg(e.id) AS enrolments
       ${from} GROUP BY e.person_id)
     SELECT p.id::text AS "personId", e.person_name AS "personName", e.household_id::text AS "householdId",
       e.household_number AS "householdNumber", e.township_name AS "townshipName", e.village_name AS "villageName",
       cardinality(p.enrolments) AS classes,
       (SELECT count(*) FILTER (WHERE a.mark = 'present')::int ${MARKS} WHERE a.enrolment_id = ANY (p.enrolments)) AS present,
       (SELECT count(*)::int ${MARKS} WHERE a.enrolment_id = ANY (p.enrolments)) AS marked,
       (SELECT count(*)::int FROM certificate t WHERE t.enrolment_id = ANY (p.enrolments) AND t.withdrawn_on IS NULL)
         AS certificates
     FROM person p JOIN enrolment e ON e.id = p.latest
     WHERE $5::text IS NULL OR (e.household_number, p.id) > ($5, $6::uuid)
     ORDER BY e.household_number, p.id LIMIT $7`,
    [...params, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  const total = await pool.query<{ n: number }>(`SELECT count(DISTINCT e.person_id)::int AS n ${from}`, params);
  return toPage(rows, query.limit, total.rows[0]?.n ?? 0, (row) => [row.householdNumber, row.personId]);
}

/** Marks of presence by marks entered, over all trainees of the scope, in basis points; null without a mark. */
export async function readAttendanceRate(service: Training, caller: Caller): Promise<number | null> {
  const { rows } = await readsOf(service, caller).query<{ present: number; marked: number }>(
    `SELECT count(*) FILTER (WHERE a.mark = 'present')::int AS present, count(*)::int AS marked
     ${MARKS} WHERE a.enrolment_id IN (SELECT e.id ${ENROLLED})`,
    visibleTo(caller),
  );
  const { present = 0, marked = 0 } = rows[0] ?? {};
  return marked === 0 ? null : Math.floor((present * 10_000) / marked);
}
