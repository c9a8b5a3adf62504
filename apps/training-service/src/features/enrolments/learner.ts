import { businessDay } from '@bangfu/domain/shared/time';
import type { Learner, OtherClass, TrainingClass } from '@bangfu/domain/training/enrolment';
import type { Sql } from '@bangfu/data/sql';
import type { HouseholdCopy, MemberCopy } from '@bangfu/platform/household-copy/household-copy';
import type { Tx } from '../../db/client.ts';
import { ATTENDED } from '../../db/session-counts.ts';
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

interface OtherRow extends Omit<OtherClass, 'mark'> {
  readonly personId: string;
  readonly mark: number | null;
}

/** The other classes each of these persons has a place in, with what came of them. */
export async function otherClasses(
  sql: Sql,
  personIds: readonly string[],
  classId: string,
): Promise<Map<string, OtherClass[]>> {
  const rows = await sql.query<OtherRow>(
    `SELECT e.person_id::text AS "personId", c.course_id::text AS "courseId", c.begins::text AS begins, c.ends::text AS ends, e.mark,
       (SELECT count(*) FROM class_session s WHERE s.class_id = c.id AND s.cancelled IS NULL)::int AS held,
       ${ATTENDED} AS attended,
       EXISTS (SELECT 1 FROM certificate t WHERE t.enrolment_id = e.id AND t.withdrawn_on IS NULL) AS "hasCertificate"
     FROM enrolment e JOIN training_class c ON c.id = e.class_id
     WHERE e.person_id = ANY ($1::text[]::uuid[]) AND e.withdrawn_on IS NULL AND c.id <> $2::uuid`,
    [[...personIds], classId],
  );
  const result = new Map<string, OtherClass[]>();
  for (const { personId, mark, begins, ends, ...other } of rows) {
    const list = result.get(personId) ?? [];
    result.set(personId, list);
    const days = { begins: businessDay(begins), ends: businessDay(ends) };
    list.push({ ...other, ...days, ...(mark === null ? {} : { mark }) });
  }
  return result;
}
