import type { ClassRow, Session } from '@bangfu/contracts/training/classes';
import { countOf } from '@bangfu/data/count-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { businessDay, type BusinessDay } from '@bangfu/domain/shared/time';
import { classState } from '@bangfu/domain/training/schedule';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { ExpressionBuilder } from 'kysely';
import { certificatesOf, sessionsOf } from '../../db/session-counts.ts';
import { classSessions } from '../../db/sessions.ts';
import { classVisible } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';

/** How many learners of `training_class c` have not left. */
export const enrolledOf = (eb: ExpressionBuilder<Tables & { c: Tables['training_class'] }, 'c'>) =>
  countOf(eb.selectFrom('enrolment as e').whereRef('e.class_id', '=', 'c.id').where('e.withdrawn_on', 'is', null));

/** Classes `c` with their course `k` and provider `p`, as a list shows them. */
export const shownClasses = (read: ReadSql<Tables>) =>
  read
    .selectFrom('training_class as c')
    .innerJoin('course as k', 'k.id', 'c.course_id')
    .innerJoin('provider as p', 'p.id', 'c.provider_id')
    .select(['c.id', 'c.name', 'c.course_id as courseId', 'k.name as courseName'])
    .select(['c.provider_id as providerId', 'p.name as providerName'])
    .select(['c.place', 'c.begins', 'c.ends', 'c.capacity', 'c.version'])
    .select((eb) => [
      enrolledOf(eb).as('enrolled'),
      sessionsOf(eb).as('sessions'),
      certificatesOf(eb).as('certificates'),
    ]);

/** A class with what depends on the day. */
export function onDay(row: Omit<ClassRow, 'state'>, today: BusinessDay): ClassRow {
  return { ...row, state: classState({ begins: businessDay(row.begins), ends: businessDay(row.ends) }, today) };
}

/** One session. @throws Refusal 404 */
export async function getSession(read: ReadSql<Tables>, sessionId: string): Promise<Session> {
  const session = await classSessions(read).where('s.id', '=', sessionId).executeTakeFirst();
  if (!session) throw notFound();
  return session;
}

/** One class with its sessions in order. @throws Refusal 404 */
export async function getStoredClass(read: ReadSql<Tables>, caller: Caller, classId: string, today: BusinessDay) {
  const found = await shownClasses(read)
    .where('c.id', '=', classId)
    .where((eb) => classVisible(eb, caller))
    .executeTakeFirst();
  if (!found) throw notFound();
  const sessionList = await classSessions(read)
    .where('s.class_id', '=', classId)
    .orderBy('s.day')
    .orderBy('s.starts_at')
    .orderBy('s.id')
    .execute();
  return { ...onDay(found, today), sessionList };
}
