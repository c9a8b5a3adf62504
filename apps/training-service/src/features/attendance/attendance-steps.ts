import { type getAttendance, recordAttendance } from '@bangfu/contracts/training/attendance';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { rollRefusal } from '@bangfu/domain/training/steps';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { type Reader, stepsWithin } from '@bangfu/platform/steps';
import type { Training } from '../../db/client.ts';
import { STEP_WORDS } from '../../reason.ts';
import { classWithin, sessionSteps } from '../classes/class-steps.ts';
import { getSheet } from './sheet.repository.ts';

/** A session's sheet with what the reader may enter on it now. @throws Refusal 404 */
export async function getOpenSheet(
  service: Training,
  reader: Reader,
  sessionId: string,
): Promise<AnswerInputOf<typeof getAttendance>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const sheet = await getSheet(sql, reader.caller, sessionId);
  const { classId, day, cancelled } = sheet.session;
  const ofSession = await sessionSteps(sql, reader, classId);
  const offered = await stepsWithin(reader, STEP_WORDS, { mark: recordAttendance }, classWithin(sql, classId));
  const certified = await sql.query<{ id: string }>(
    'SELECT enrolment_id::text AS id FROM certificate WHERE class_id = $1::uuid AND withdrawn_on IS NULL',
    [classId],
  );
  const holders = new Set(certified.map(({ id }) => id));
  const session = { day: businessDay(day), cancelled: cancelled !== null };
  const today = businessDayOf(reader.now);
  return {
    ...sheet,
    steps: ofSession(sheet.session),
    rows: sheet.rows.map((row) => {
      const learner = { name: row.personName, hasCertificate: holders.has(row.enrolmentId) };
      return { ...row, steps: offered(classId, () => rollRefusal(session, learner, today)) };
    }),
  };
}
