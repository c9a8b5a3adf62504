import type { Participation } from '@bangfu/contracts/training/satisfaction';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demandRating } from '@bangfu/domain/training/satisfaction';
import type { Sql } from '@bangfu/data/sql';
import { ATTENDED, LAST_SESSION } from '../../db/session-counts.ts';

/** A participation with what the rule of rating looks at. */
export interface StoredParticipation extends Participation {
  readonly classId: string;
  readonly countyCode: string;
  readonly householdId: string;
  readonly withdrawn: boolean;
  readonly attended: number;
  readonly lastSession: string;
}

/** As many as a household's members take in a life. */
const MOST = 200;

/** Participations by a condition over `enrolment e`, the latest class first. */
export function findParticipations(sql: Sql, where: string, params: unknown[]): Promise<StoredParticipation[]> {
  return sql.query<StoredParticipation>(
    `SELECT e.id::text AS "enrolmentId", e.class_id::text AS "classId", e.county_code AS "countyCode",
       e.household_id::text AS "householdId", e.person_name AS "personName", c.name AS "className", k.name AS "courseName", p.name AS "providerName",
       c.begins::text AS begins, c.ends::text AS ends, n.score, (e.withdrawn_on IS NOT NULL) AS withdrawn,
       ${ATTENDED} AS attended, ${LAST_SESSION} AS "lastSession"
     FROM enrolment e JOIN training_class c ON c.id = e.class_id JOIN course k ON k.id = c.course_id
     JOIN provider p ON p.id = c.provider_id LEFT JOIN satisfaction_answer n ON n.enrolment_id = e.id
     WHERE ${where} ORDER BY c.begins DESC, e.person_name, e.id LIMIT ${MOST}`,
    params,
  );
}

/** @throws DomainError of demandRating */
export function demandRatable({ withdrawn, attended, score, lastSession }: StoredParticipation, now: Date): void {
  demandRating({ withdrawn, attended, rated: score !== null }, businessDay(lastSession), businessDayOf(now));
}

/** A participation as the contract shows it. */
export function toParticipation(stored: StoredParticipation): Participation {
  const {
    classId: _class,
    countyCode: _county,
    householdId: _household,
    withdrawn: _left,
    attended: _came,
    lastSession: _last,
    ...shown
  } = stored;
  return shown;
}

/** One participation, its enrolment locked until the transaction ends: two answers at once come one after the other. */
export async function lockParticipation(sql: Sql, enrolmentId: string): Promise<StoredParticipation | undefined> {
  await sql.query('SELECT 1 FROM enrolment WHERE id = $1::uuid FOR UPDATE', [enrolmentId]);
  const [found] = await findParticipations(sql, 'e.id = $1::uuid', [enrolmentId]);
  return found;
}

/** Keeps a participant's answer. */
export async function keepAnswer(
  sql: Sql,
  { enrolmentId, countyCode }: StoredParticipation,
  given: { readonly score: number; readonly by: 'account' | 'paper-code'; readonly now: Date },
): Promise<void> {
  await sql.query(
    `INSERT INTO satisfaction_answer (enrolment_id, county_code, score, given_by, answered_at)
     VALUES ($1::uuid, $2, $3::int, $4, $5::timestamptz)`,
    [enrolmentId, countyCode, given.score, given.by, given.now.toISOString()],
  );
}
