import * as contract from '@bangfu/contracts/training/classes';
import { enrolPerson, recordResults } from '@bangfu/contracts/training/enrolments';
import { printSlips } from '@bangfu/contracts/training/satisfaction';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type CLASS_STEPS, classRefusal } from '@bangfu/domain/training/steps';
import { type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { classFacts } from '../../../db/class-facts.ts';
import { readSatisfaction, slipPrinter } from '../../../db/satisfaction.ts';
import { query } from '../../../operations.ts';
import { STEP_WORDS } from '../../../reason.ts';
import { getStoredClass } from '../class.repository.ts';
import { classWithin, sessionSteps } from '../class-steps.ts';

const COMMANDS: Record<(typeof CLASS_STEPS)[number], StepCommand> = {
  enrol: enrolPerson,
  'add-session': contract.addSession,
  results: recordResults,
  slips: printSlips,
};

/** One class with the steps that are open to the reader now, and why the others are not. @throws Refusal 404 */
export const getClass = query(contract.getClass, async (call) => {
  const { read, caller, now } = call;
  const { classId } = call.params;
  const today = businessDayOf(now);
  const group = await getStoredClass(read, caller, classId, today);
  const facts = await classFacts(read, classId);
  const offered = await stepsWithin(call, STEP_WORDS, COMMANDS, classWithin(read, classId));
  const ofSession = await sessionSteps(read, call, classId);
  const printer = await slipPrinter(read, call, classId);
  return {
    ...group,
    satisfaction: await readSatisfaction(read, classId),
    steps: offered(classId, (step) => classRefusal(step, facts, printer, today)),
    sessionList: group.sessionList.map((session) => ({ ...session, steps: ofSession(session) })),
  };
});
