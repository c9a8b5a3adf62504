import { issueCertificates } from '@bangfu/contracts/training/certificates';
import * as contract from '@bangfu/contracts/training/enrolments';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type LEARNER_STEPS, learnerRefusal } from '@bangfu/domain/training/steps';
import type { Caller } from '@bangfu/platform/auth/caller';
import { type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { classFacts } from '../../../db/class-facts.ts';
import { demandVisibleClass, learnerVisible, seesClass } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';
import { STEP_WORDS } from '../../../reason.ts';
import { readLearners } from '../enrolment.repository.ts';

const COMMANDS: Record<(typeof LEARNER_STEPS)[number], StepCommand> = {
  withdraw: contract.withdrawEnrolment,
  mark: contract.recordResults,
  certificate: issueCertificates,
};

/** The learners of a class, each with what the reader may do for them now. @throws Refusal 404 */
export const listEnrolments = query(contract.listEnrolments, async (call) => {
  const { read, caller, now, language } = call;
  const { classId } = call.params;
  await demandVisibleClass(read, caller, classId);
  const { learners, policy } = await readLearners(read, caller, { classId, now, language });
  const group = await classFacts(read, classId);
  const offered = await stepsWithin(call, STEP_WORDS, COMMANDS, async (as, step) =>
    // A certificate is issued to a class's learners, whatever their region.
    step === 'certificate' && (await seesClass(read, as, classId))
      ? new Set(learners.map(({ enrolment }) => enrolment.id))
      : findVisible(read, as, classId),
  );
  const given = { accountId: caller.id, policy, now };
  return {
    rows: learners.map(({ enrolment, facts }) => ({
      ...enrolment,
      steps: offered(enrolment.id, (step) => learnerRefusal(step, facts, group, given)),
    })),
  };
});

async function findVisible(read: ReadSql<Tables>, caller: Caller, classId: string): Promise<Set<string>> {
  const rows = await read
    .selectFrom('enrolment as e')
    .innerJoin('training_class as c', 'c.id', 'e.class_id')
    .where('e.class_id', '=', classId)
    .where((eb) => learnerVisible(eb, caller))
    .select('e.id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}
