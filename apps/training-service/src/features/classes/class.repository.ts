import type { ClassRow, Session } from '@bangfu/contracts/training/classes';
import { businessDay, type BusinessDay } from '@bangfu/domain/shared/time';
import { classState } from '@bangfu/domain/training/schedule';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { SESSION_COLUMNS } from '../../db/session-columns.ts';
import { classVisible, visibleTo } from '../../db/visible.ts';

/** What is counted of `training_class c`. */
export const CLASS_FIGURES = {
  enrolled: '(SELECT count(*) FROM enrolment e WHERE e.class_id = c.id AND e.withdrawn_on IS NULL)::int',
  sessions: '(SELECT count(*) FROM class_session s WHERE s.class_id = c.id AND s.cancelled IS NULL)::int',
  certificates: '(SELECT count(*) FROM certificate t WHERE t.class_id = c.id AND t.withdrawn_on IS NULL)::int',
} as const;

/** A class as a list shows it, over `training_class c`, `course k`, `provider p`. */
export const CLASS_COLUMNS = `c.id::text AS id, c.name, c.course_id::text AS "courseId", k.name AS "courseName",
  c.provider_id::text AS "providerId", p.name AS "providerName", c.place, c.begins::text AS begins, c.ends::text AS ends,
  c.capacity, c.version,
  ${CLASS_FIGURES.enrolled} AS enrolled, ${CLASS_FIGURES.sessions} AS sessions,
  ${CLASS_FIGURES.certificates} AS certificates`;
export const CLASS_TABLES = `training_class c JOIN course k ON k.id = c.course_id JOIN provider p ON p.id = c.provider_id`;

/** A row of the query without what depends on the day. */
export type StoredClass = Omit<ClassRow, 'state'>;

export function onDay(row: StoredClass, today: BusinessDay): ClassRow {
  return { ...row, state: classState({ begins: businessDay(row.begins), ends: businessDay(row.ends) }, today) };
}

/** One session. @throws Refusal 404 */
export async function getSession(sql: Sql, sessionId: string): Promise<Session> {
  const [row] = await sql.query<Session>(`SELECT ${SESSION_COLUMNS} FROM class_session s WHERE s.id = $1::uuid`, [
    sessionId,
  ]);
  if (!row) throw notFound();
  return row;
}

/** One class with its sessions in order. @throws Refusal 404 */
export async function getClass(sql: Sql, caller: Caller, classId: string, today: BusinessDay) {
  const [row] = await sql.query<StoredClass>(
    `SELECT ${CLASS_COLUMNS} FROM ${CLASS_TABLES} WHERE c.id = $4::uuid AND ${classVisible(1)}`,
    [...visibleTo(caller), classId],
  );
  if (!row) throw notFound();
  const sessionList = await sql.query<Session>(
    `SELECT ${SESSION_COLUMNS} FROM class_session s WHERE s.class_id = $1::uuid ORDER BY s.day, s.starts_at, s.id`,
    [classId],
  );
  return { ...onDay(row, today), sessionList };
}
