import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { issueCertificates } from '@bangfu/contracts/training/certificates';
import * as contract from '@bangfu/contracts/training/enrolments';
import { DEFAULT_TRAINING_POLICY } from '@bangfu/domain/training/policy';
import { type LEARNER_STEPS, learnerRefusal } from '@bangfu/domain/training/steps';
import { pgSql, type Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { classFacts } from '../../db/class-facts.ts';
import type { Training } from '../../db/client.ts';
import { demandVisibleClass, learnerVisible, seesClass, visibleTo } from '../../db/visible.ts';
import { STEP_WORDS } from '../../reason.ts';
import { readLearners } from './enrolment.repository.ts';

const COMMANDS: Record<(typeof LEARNER_STEPS)[number], StepCommand> = {
  withdraw: contract.withdrawEnrolment,
  mark: contract.recordResults,
  certificate: issueCertificates,
};

/** The learners of a class, each with what the reader may do for them now. @throws Refusal 404 */
export async function listOpenEnrolments(
  service: Training,
  reader: Reader,
  classId: string,
): Promise<AnswerInputOf<typeof contract.listEnrolments>> {
  const { caller, now, language } = reader;
  const sql = pgSql(readsOf(service, caller));
  await demandVisibleClass(sql, caller, classId);
  const rows = await readLearners(sql, caller, { classId, now, language });
  const group = await classFacts(sql, classId);
  const offered = await stepsWithin(reader, STEP_WORDS, COMMANDS, async (as, step) =>
    // A certificate is issued to a class's learners, whatever their region.
    step === 'certificate' && (await seesClass(sql, as, classId))
      ? new Set(rows.map(({ enrolment }) => enrolment.id))
      : findVisible(sql, as, classId),
  );
  const given = { accountId: caller.id, policy: DEFAULT_TRAINING_POLICY, now };
  return {
    rows: rows.map(({ enrolment, facts }) => ({
      ...enrolment,
      steps: offered(enrolment.id, (step) => learnerRefusal(step, facts, group, given)),
    })),
  };
}

async function findVisible(sql: Sql, caller: Caller, classId: string): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `SELECT e.id::text AS id FROM enrolment e JOIN training_class c ON c.id = e.class_id
     WHERE e.class_id = $4::uuid AND ${learnerVisible(1)}`,
    [...visibleTo(caller), classId],
  );
  return new Set(rows.map(({ id }) => id));
}
