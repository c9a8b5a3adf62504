import { recordAttendance } from '@bangfu/contracts/training/attendance';
import * as contract from '@bangfu/contracts/training/classes';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { enrolPerson, recordResults } from '@bangfu/contracts/training/enrolments';
import { printSlips } from '@bangfu/contracts/training/satisfaction';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type CLASS_STEPS, classRefusal, type SESSION_STEPS, sessionRefusal } from '@bangfu/domain/training/steps';
import { pgSql, type Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { classFacts } from '../../db/class-facts.ts';
import type { Training } from '../../db/client.ts';
import { seesClass } from '../../db/visible.ts';
import { STEP_WORDS } from '../../reason.ts';
import { readSatisfaction, slipPrinter } from '../../db/satisfaction.ts';
import { getClass } from './class.repository.ts';

const COMMANDS: Record<(typeof CLASS_STEPS)[number], StepCommand> = {
  enrol: enrolPerson,
  'add-session': contract.addSession,
  results: recordResults,
  slips: printSlips,
};
const SESSION_COMMANDS: Record<(typeof SESSION_STEPS)[number], StepCommand> = {
  attendance: recordAttendance,
  cancel: contract.cancelSession,
};

/** Whether a class is within the scope of a step's caller, as `stepsWithin` asks it. */
export const classWithin = (sql: Sql, classId: string) => async (as: Caller) =>
  new Set((await seesClass(sql, as, classId)) ? [classId] : []);

/** The steps of a class's sessions for a reader. */
export async function sessionSteps(sql: Sql, reader: Reader, classId: string) {
  const offered = await stepsWithin(reader, STEP_WORDS, SESSION_COMMANDS, classWithin(sql, classId));
  const facts = await classFacts(sql, classId);
  const today = businessDayOf(reader.now);
  return ({ day, cancelled }: { readonly day: string; readonly cancelled: string | null }) =>
    offered(classId, (step) =>
      sessionRefusal(step, { day: businessDay(day), cancelled: cancelled !== null }, facts, today),
    );
}

/** One class with the steps that are open to the reader now, and why the others are not. @throws Refusal 404 */
export async function getOpenClass(
  service: Training,
  reader: Reader,
  classId: string,
): Promise<AnswerInputOf<typeof contract.getClass>> {
  const { caller, now } = reader;
  const sql = pgSql(readsOf(service, caller));
  const today = businessDayOf(now);
  const group = await getClass(sql, caller, classId, today);
  const facts = await classFacts(sql, classId);
  const offered = await stepsWithin(reader, STEP_WORDS, COMMANDS, classWithin(sql, classId));
  const ofSession = await sessionSteps(sql, reader, classId);
  const printer = await slipPrinter(sql, reader, classId);
  return {
    ...group,
    satisfaction: await readSatisfaction(sql, classId),
    steps: offered(classId, (step) => classRefusal(step, facts, printer, today)),
    sessionList: group.sessionList.map((session) => ({ ...session, steps: ofSession(session) })),
  };
}
