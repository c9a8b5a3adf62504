import { recordAttendance } from '@bangfu/contracts/training/attendance';
import { cancelSession } from '@bangfu/contracts/training/classes';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type SESSION_STEPS, sessionRefusal } from '@bangfu/domain/training/steps';
import type { Caller } from '@bangfu/platform/auth/caller';
import { type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { classFacts } from '../../db/class-facts.ts';
import { seesClass } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';
import { STEP_WORDS } from '../../reason.ts';

const SESSION_COMMANDS: Record<(typeof SESSION_STEPS)[number], StepCommand> = {
  attendance: recordAttendance,
  cancel: cancelSession,
};

/** Whether a class is within the scope of a step's caller, as `stepsWithin` asks it. */
export const classWithin = (read: ReadSql<Tables>, classId: string) => async (as: Caller) =>
  new Set((await seesClass(read, as, classId)) ? [classId] : []);

/** The steps of a class's sessions for a reader. */
export async function sessionSteps(read: ReadSql<Tables>, reader: Reader, classId: string) {
  const offered = await stepsWithin(reader, STEP_WORDS, SESSION_COMMANDS, classWithin(read, classId));
  const facts = await classFacts(read, classId);
  const today = businessDayOf(reader.now);
  return ({ day, cancelled }: { readonly day: string; readonly cancelled: string | null }) =>
    offered(classId, (step) =>
      sessionRefusal(step, { day: businessDay(day), cancelled: cancelled !== null }, facts, today),
    );
}
