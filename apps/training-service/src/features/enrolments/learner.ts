import { CERTIFICATES, LEARNERS } from '@bangfu/contracts/training/policies';
import { type BusinessDay, businessDay } from '@bangfu/domain/shared/time';
import type { Learner, OtherClass, TrainingClass } from '@bangfu/domain/training/enrolment';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { HouseholdCopy, MemberCopy } from '@bangfu/platform/household-copy/household-copy';
import { policyOn } from '@bangfu/platform/policy/policy-on';
import { attendedOf, hasCertificate, sessionsOf } from '../../db/session-counts.ts';
import type { Tables } from '../../operations.ts';

const STATUS = {
  none: 'general',
  registered: 'registered-poor',
  exited: 'exited',
  returned: 'returned',
} as const satisfies Record<HouseholdCopy['status'], Learner['householdStatus']>;

/** The register's words of ability to labour; who has lost it has none. */
const LABOUR: Readonly<Record<string, Learner['labour']>> = {
  skilled: 'skilled',
  ordinary: 'ordinary',
  weak: 'weak',
  lost: 'none',
  none: 'none',
};

/** The member as the rules of enrolment see him; null when the register does not know enough of him. */
export function learnerOf(household: HouseholdCopy, member: MemberCopy): Learner | null {
  const labour = LABOUR[member.labour ?? ''];
  if (member.birthDate === null || member.sex === null || labour === undefined) return null;
  return {
    personId: member.personId,
    birthDate: businessDay(member.birthDate),
    sex: member.sex,
    householdStatus: household.status === 'none' && household.monitored ? 'monitored' : STATUS[household.status],
    labour,
  };
}

/** A class as the rules of enrolment see it. */
export async function groupOf(
  read: ReadSql<Tables>,
  group: {
    readonly id: string;
    readonly courseId: string;
    readonly begins: string;
    readonly ends: string;
    readonly capacity: number;
  },
): Promise<TrainingClass> {
  const enrolled = await read
    .selectFrom('enrolment')
    .where('class_id', '=', group.id)
    .select(['person_id as personId', 'enrolled_on as on', 'withdrawn_on as withdrawnOn'])
    .execute();
  return {
    courseId: group.courseId,
    begins: businessDay(group.begins),
    ends: businessDay(group.ends),
    capacity: group.capacity,
    enrolled: enrolled.map(({ personId, on, withdrawnOn }) => ({
      personId,
      on: businessDay(on),
      ...(withdrawnOn === null ? {} : { withdrawnOn: businessDay(withdrawnOn) }),
    })),
  };
}

/** The other classes each of these persons has a place in, with what came of them. */
export async function otherClasses(
  read: ReadSql<Tables>,
  personIds: readonly string[],
  classId: string,
): Promise<Map<string, OtherClass[]>> {
  const rows = await read
    .selectFrom('enrolment as e')
    .innerJoin('training_class as c', 'c.id', 'e.class_id')
    .where('e.person_id', 'in', personIds)
    .where('e.withdrawn_on', 'is', null)
    .where('c.id', '<>', classId)
    .select(['e.person_id as personId', 'c.course_id as courseId', 'c.begins', 'c.ends', 'e.mark'])
    .select((eb) => [sessionsOf(eb).as('held'), attendedOf(eb).as('attended'), hasCertificate(eb).as('hasCertificate')])
    .execute();
  const result = new Map<string, OtherClass[]>();
  for (const { personId, mark, begins, ends, ...other } of rows) {
    const list = result.get(personId) ?? [];
    result.set(personId, list);
    const days = { begins: businessDay(begins), ends: businessDay(ends) };
    list.push({ ...other, ...days, ...(mark === null ? {} : { mark }) });
  }
  return result;
}

/** What enrolments of a day are decided by; of the two policies an enrolment keeps the version of the learners'. */
export async function enrolmentPolicyOn(read: ReadSql<Tables>, countyCode: string, on: BusinessDay) {
  const learners = await policyOn(read, countyCode, LEARNERS, on);
  const certificates = await policyOn(read, countyCode, CERTIFICATES, on);
  return { policy: { ...learners.value, ...certificates.value }, policyId: learners.id };
}
