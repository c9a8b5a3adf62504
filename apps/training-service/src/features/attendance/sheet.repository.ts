import type { AttendanceSheet } from '@bangfu/contracts/training/attendance';
import type { Session } from '@bangfu/contracts/training/classes';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { SESSION_COLUMNS } from '../../db/session-columns.ts';
import { classVisible, learnerVisible, visibleTo } from '../../db/visible.ts';

/** A session's sheet with the learners of the caller's scope, those of one household together. @throws Refusal 404 */
export async function getSheet(sql: Sql, caller: Caller, sessionId: string): Promise<AttendanceSheet> {
  const params = [...visibleTo(caller), sessionId];
  const [session] = await sql.query<Session & { className: string }>(
    `SELECT ${SESSION_COLUMNS}, c.name AS "className"
     FROM class_session s JOIN training_class c ON c.id = s.class_id WHERE ${classVisible(1)} AND s.id = $4::uuid`,
    params,
  );
  if (!session) throw notFound();
  const rows = await sql.query<AttendanceSheet['rows'][number]>(
    `SELECT e.id::text AS "enrolmentId", e.person_name AS "personName", e.household_number AS "householdNumber",
       e.village_name AS "villageName", a.mark
     FROM class_session s JOIN training_class c ON c.id = s.class_id
     JOIN enrolment e ON e.class_id = c.id AND e.withdrawn_on IS NULL
     LEFT JOIN attendance a ON a.session_id = s.id AND a.enrolment_id = e.id
     WHERE ${learnerVisible(1)} AND s.id = $4::uuid ORDER BY e.village_code, e.household_number, e.person_name, e.id`,
    params,
  );
  const { className, ...shown } = session;
  return { session: shown, className, rows };
}
