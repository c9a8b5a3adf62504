import * as contract from '@bangfu/contracts/training/attendance';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { rollRefusal } from '@bangfu/domain/training/steps';
import { stepsWithin } from '@bangfu/platform/steps';
import { query } from '../../../operations.ts';
import { STEP_WORDS } from '../../../reason.ts';
import { classWithin, sessionSteps } from '../../classes/class-steps.ts';
import { getSheet } from '../sheet.repository.ts';

/** A session's sheet with what the reader may enter on it now. @throws Refusal 404 */
export const getAttendance = query(contract.getAttendance, async (call) => {
  const { read } = call;
  const sheet = await getSheet(read, call.caller, call.params.sessionId);
  const { classId, day, cancelled } = sheet.session;
  const ofSession = await sessionSteps(read, call, classId);
  const commands = { mark: contract.recordAttendance };
  const offered = await stepsWithin(call, STEP_WORDS, commands, classWithin(read, classId));
  const certified = await read
    .selectFrom('certificate')
    .where('class_id', '=', classId)
    .where('withdrawn_on', 'is', null)
    .select('enrolment_id as id')
    .execute();
  const holders = new Set(certified.map(({ id }) => id));
  const session = { day: businessDay(day), cancelled: cancelled !== null };
  const today = businessDayOf(call.now);
  return {
    ...sheet,
    steps: ofSession(sheet.session),
    rows: sheet.rows.map((row) => {
      const learner = { name: row.personName, hasCertificate: holders.has(row.enrolmentId) };
      return { ...row, steps: offered(classId, () => rollRefusal(session, learner, today)) };
    }),
  };
});
