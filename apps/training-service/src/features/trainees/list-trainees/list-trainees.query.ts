import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listTrainees, Trainee } from '@bangfu/contracts/training/trainees';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byId, byNumber, byPerson, byText, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import type { Training } from '../../../db/client.ts';
import { learnerVisible, visibleTo } from '../../../db/visible.ts';

/** Enrolments that hold, within the scope whose parameters are $1 to $3. */
const ENROLLED = `FROM enrolment e JOIN training_class c ON c.id = e.class_id
  WHERE ${learnerVisible(1)} AND e.withdrawn_on IS NULL`;

/** Marks of `enrolment e` in sessions that were not cancelled. */
const MARKS = `FROM attendance a JOIN class_session s ON s.id = a.session_id AND s.cancelled IS NULL`;

const OF_PERSON = 'WHERE a.enrolment_id = ANY (p.enrolments)';
const CLASSES = 'cardinality(p.enrolments)';
const PRESENT = `(SELECT count(*) FILTER (WHERE a.mark = 'present')::int ${MARKS} ${OF_PERSON})`;
const MARKED = `(SELECT count(*)::int ${MARKS} ${OF_PERSON})`;
const CERTIFICATES = `(SELECT count(*)::int FROM certificate t
  WHERE t.enrolment_id = ANY (p.enrolments) AND t.withdrawn_on IS NULL)`;
const NUMBER = byText('e.household_number');
const ORDER = listOrder<QueryOf<typeof listTrainees>>(
  {
    personName: byPerson('e.person_name'),
    householdNumber: NUMBER,
    villageName: byText('e.village_code'),
    classes: byNumber(CLASSES),
    present: byNumber(PRESENT),
    marked: byNumber(MARKED),
    certificates: byNumber(CERTIFICATES),
  },
  [NUMBER, byId('p.id')],
);

/** One page of the persons enrolled within the caller's scope, by household number; each person once. */
export function findTrainees(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listTrainees>,
): Promise<AnswerInputOf<typeof listTrainees>> {
  const from = `${ENROLLED} AND ($4::text IS NULL OR starts_with(e.household_number, $4) OR starts_with(e.person_name, $4))`;
  const list = {
    // The latest enrolment says where the person lives.
    before: `WITH person AS (SELECT e.person_id AS id, (array_agg(e.id ORDER BY e.id DESC))[1] AS latest,
        array_agg(e.id) AS enrolments ${from} GROUP BY e.person_id)`,
    columns: `p.id::text AS "personId", e.person_name AS "personName", e.household_id::text AS "householdId",
      e.household_number AS "householdNumber", e.township_name AS "townshipName", e.village_name AS "villageName",
      ${CLASSES} AS classes, ${PRESENT} AS present, ${MARKED} AS marked, ${CERTIFICATES} AS certificates`,
    from: 'FROM person p JOIN enrolment e ON e.id = p.latest WHERE true',
    params: [...visibleTo(caller), query.search?.trim() || null],
    total: `SELECT count(DISTINCT e.person_id)::int AS n ${from}`,
  };
  return readPage<Trainee>(pgSql(readsOf(service, caller)), ORDER, query, list, readsMasked(caller));
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
