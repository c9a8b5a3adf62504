import type { AttendanceSheet } from '@bangfu/contracts/training/attendance';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { classSessions } from '../../db/sessions.ts';
import { classVisible, learnerVisible } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';

/** A session's sheet with the learners of the caller's scope, those of one household together. @throws Refusal 404 */
export async function getSheet(read: ReadSql<Tables>, caller: Caller, sessionId: string): Promise<AttendanceSheet> {
  const found = await classSessions(read)
    .where('s.id', '=', sessionId)
    .where((eb) => classVisible(eb, caller))
    .select('c.name as className')
    .executeTakeFirst();
  if (!found) throw notFound();
  const rows = await read
    .selectFrom('class_session as s')
    .innerJoin('training_class as c', 'c.id', 's.class_id')
    .innerJoin('enrolment as e', (join) => join.onRef('e.class_id', '=', 'c.id').on('e.withdrawn_on', 'is', null))
    .leftJoin('attendance as a', (join) => join.onRef('a.session_id', '=', 's.id').onRef('a.enrolment_id', '=', 'e.id'))
    .where('s.id', '=', sessionId)
    .where((eb) => learnerVisible(eb, caller))
    .orderBy('e.village_code')
    .orderBy('e.household_number')
    .orderBy('e.person_name')
    .orderBy('e.id')
    .select(['e.id as enrolmentId', 'e.person_name as personName', 'e.household_number as householdNumber'])
    .select(['e.village_name as villageName', 'a.mark'])
    .execute();
  const { className, ...session } = found;
  return { session, className, rows };
}
