import { CERTIFICATES } from '@bangfu/contracts/training/policies';
import { policyOn } from '@bangfu/platform/policy/policy-on';
import type { Enrolment } from '@bangfu/contracts/training/enrolments';
import { countOf } from '@bangfu/data/count-of';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demandCertificate } from '@bangfu/domain/training/certificate';
import type { CertificatePolicy } from '@bangfu/domain/training/policy';
import type { LearnerFacts } from '@bangfu/domain/training/steps';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { ExpressionBuilder } from 'kysely';
import { learnerVisible } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';
import { refusalBy } from '../../reason.ts';

/** A learner as the contract shows them, with what else the rules look at. */
interface Stored extends Omit<Enrolment, 'missing'> {
  /** The number of a valid certificate of the same course, from another class. */
  readonly courseCertificate: string | null;
  readonly lastSession: string;
  readonly markedBy: string | null;
  /** Marks on sheets of attendance, whatever they say. */
  readonly marks: number;
}

interface Asked {
  readonly classId: string;
  readonly ids?: readonly string[];
  readonly now: Date;
  readonly language: 'zh' | 'en';
}

type OfLearner = ExpressionBuilder<Tables & { e: Tables['enrolment']; c: Tables['training_class'] }, 'e' | 'c'>;

/** Marks on sheets of attendance, of sessions that were cancelled too. */
const marksOf = (eb: OfLearner) => countOf(eb.selectFrom('attendance as b').whereRef('b.enrolment_id', '=', 'e.id'));

/** The number of a valid certificate of the same course, from another class. */
const certificateElsewhere = (eb: OfLearner) =>
  eb
    .selectFrom('certificate as o')
    .whereRef('o.person_id', '=', 'e.person_id')
    .whereRef('o.course_id', '=', 'c.course_id')
    .whereRef('o.class_id', '<>', 'c.id')
    .where('o.withdrawn_on', 'is', null)
    .limit(1)
    .select('o.number')
    .$asScalar();

/**
 * Learners of a class within the caller's scope, those who withdrew last, with what attendance and result they have.
 * Sessions held to this day count. `ids` narrows to some of them.
 */
export async function findEnrolments(read: ReadSql<Tables>, caller: Caller, asked: Asked): Promise<Enrolment[]> {
  const { learners } = await readLearners(read, caller, asked);
  return learners.map(({ enrolment }) => enrolment);
}

/** The same, each with what the rules look at, and the policy by which a certificate is issued. */
export async function readLearners(
  read: ReadSql<Tables>,
  caller: Caller,
  asked: Asked,
): Promise<{ learners: { enrolment: Enrolment; facts: LearnerFacts }[]; policy: CertificatePolicy }> {
  const all = read
    .selectFrom('enrolment as e')
    .innerJoin('training_class as c', 'c.id', 'e.class_id')
    .leftJoin('class_session as s', (join) => join.onRef('s.class_id', '=', 'c.id').on('s.cancelled', 'is', null))
    .leftJoin('attendance as a', (join) => join.onRef('a.session_id', '=', 's.id').onRef('a.enrolment_id', '=', 'e.id'))
    .leftJoin('certificate as t', (join) => join.onRef('t.enrolment_id', '=', 'e.id').on('t.withdrawn_on', 'is', null))
    .leftJoin('satisfaction_answer as n', 'n.enrolment_id', 'e.id')
    .where('e.class_id', '=', asked.classId)
    .where((eb) => learnerVisible(eb, caller));
  const { ids } = asked;
  const rows = await (ids ? all.where('e.id', 'in', ids) : all)
    .groupBy(['e.id', 'c.id', 't.id', 'n.enrolment_id'])
    .orderBy('e.withdrawn_on', (order) => order.asc().nullsFirst())
    .orderBy('e.village_code')
    .orderBy('e.household_number')
    .orderBy('e.person_name')
    .orderBy('e.id')
    .select(['e.id', 'e.class_id as classId', 'e.person_id as personId', 'e.person_name as personName'])
    .select(['e.household_id as householdId', 'e.household_number as householdNumber'])
    .select(['e.township_name as townshipName', 'e.village_name as villageName'])
    .select(['e.enrolled_on as enrolledOn', 'e.withdrawn_on as withdrawnOn', 'e.mark', 'e.marked_by as markedBy'])
    .select(['e.satisfaction as toldSatisfaction', 'e.version'])
    .select(['t.id as certificateId', 't.number as certificateNumber'])
    .select((eb) => [
      eb('n.enrolment_id', 'is not', null).$castTo<boolean>().as('rated'),
      marksOf(eb).as('marks'),
      eb.fn.count<number>('s.id').filterWhere('s.day', '<=', businessDayOf(asked.now)).as('held'),
      eb.fn.count<number>('s.id').filterWhere('a.mark', '=', 'present').as('attended'),
      eb.fn.coalesce(eb.fn.max('s.day'), eb.ref('c.ends')).as('lastSession'),
      certificateElsewhere(eb).as('courseCertificate'),
    ])
    .execute();
  const { value: policy } = await policyOn(read, caller.countyCode, CERTIFICATES, businessDayOf(asked.now));
  const learners = rows.map((stored) => {
    const { lastSession, courseCertificate: _other, markedBy: _by, marks: _marks, ...row } = stored;
    const facts = factsOf(stored);
    const missing = refusalBy(
      () => demandCertificate(facts, businessDay(lastSession), asked.now, policy),
      asked.language,
    );
    return { enrolment: { ...row, missing }, facts };
  });
  return { learners, policy };
}

function factsOf(stored: Stored): LearnerFacts {
  const { held, attended, mark, marks, markedBy, courseCertificate } = stored;
  return {
    name: stored.personName,
    withdrawn: stored.withdrawnOn !== null,
    held,
    attended,
    hasCertificate: stored.certificateId !== null,
    courseCertificate,
    marks,
    markedBy,
    ...(mark === null ? {} : { mark }),
  };
}
