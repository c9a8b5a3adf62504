import { businessDay } from '@bangfu/domain/shared/time';
import type { Learner, TrainingClass } from '@bangfu/domain/training/enrolment';
import type { Sql } from '@bangfu/events/sql';
import type { HouseholdCopy, MemberCopy } from '@bangfu/service-kit/household-copy/household-copy';
import type { Tx } from '../../db/client.ts';
import { dayOf } from '../../db/day.ts';

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
  tx: Pick<Tx, 'enrolment'>,
  row: {
    readonly id: string;
    readonly courseId: string;
    readonly begins: Date;
    readonly ends: Date;
    readonly capacity: number;
  },
): Promise<TrainingClass> {
  const enrolments = await tx.enrolment.findMany({ where: { classId: row.id } });
  return {
    courseId: row.courseId,
    begins: dayOf(row.begins),
    ends: dayOf(row.ends),
    capacity: row.capacity,
    enrolled: enrolments.map((e) => ({
      personId: e.personId,
      on: dayOf(e.enrolledOn),
      ...(e.withdrawnOn ? { withdrawnOn: dayOf(e.withdrawnOn) } : {}),
    })),
  };
}

export type OtherClass = Pick<TrainingClass, 'courseId' | 'begins' | 'ends'>;

/** The other classes each of these persons has a place in. */
export async function otherClasses(
  sql: Sql,
  personIds: readonly string[],
  classId: string,
): Promise<Map<string, OtherClass[]>> {
  const rows = await sql.query<{ personId: string; courseId: string; begins: string; ends: string }>(
    `SELECT e.person_id::text AS "personId", c.course_id::text AS "courseId", c.begins::text AS begins, c.ends::text AS ends
     FROM enrolment e JOIN training_class c ON c.id = e.class_id
     WHERE e.person_id = ANY ($1::text[]::uuid[]) AND e.withdrawn_on IS NULL AND c.id <> $2::uuid`,
    [[...personIds], classId],
  );
  const result = new Map<string, OtherClass[]>();
  for (const { personId, courseId, begins, ends } of rows) {
    const list = result.get(personId) ?? [];
    result.set(personId, list);
    list.push({ courseId, begins: businessDay(begins), ends: businessDay(ends) });
  }
  return result;
}
