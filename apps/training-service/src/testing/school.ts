import { call, type Connection } from '@bangfu/contracts/core/client';
import { getAttendance, recordAttendance } from '@bangfu/contracts/training/attendance';
import { createClass } from '@bangfu/contracts/training/classes';
import { createCourse } from '@bangfu/contracts/training/courses';
import { enrolPerson, listEnrolments, recordResults } from '@bangfu/contracts/training/enrolments';
import { createProvider } from '@bangfu/contracts/training/providers';
import type { Grant } from '@bangfu/domain/shared/roles';
import { grant, type TestService } from '@bangfu/platform/testing/test-service';
import type { TestHousehold } from './register.ts';

const VILLAGE = '211382104201';
/** Before the classes of the tests begin, while they run, and after they have ended. */
export const BEFORE = new Date('2026-05-20T02:00:00Z');
export const DURING = new Date('2026-06-02T10:00:00Z');
export const AFTER = new Date('2026-06-11T02:00:00Z');

let made = 0;

/** A county with an office, a provider with its account and a course, to open classes in. */
export async function testSchool(world: TestService) {
  made += 1;
  const office = world.as(`office-${made}`, grant('county-office'));
  const village = world.as(`village-${made}`, grant('village-officer', VILLAGE));
  const provider = await call(office, createProvider, { body: { name: `技工学校 ${made}` } });
  const course = await call(office, createCourse, {
    body: { name: `食用菌栽培 ${made}`, kind: 'farming', lessons: 24 },
  });
  const held: Grant = { role: 'training-provider', scope: { kind: 'provider', id: provider.id } };
  const teacher = world.as(`teacher-${made}`, held);
  let classes = 0;

  /** A class of five mornings from 1 to 5 June 2026, or of another month. */
  const openClass = ({
    month = '2026-06',
    ...more
  }: {
    month?: string;
    capacity?: number;
    courseId?: string;
    begins?: string;
    ends?: string;
  } = {}) => {
    classes += 1;
    return call(office, createClass, {
      body: {
        name: `${course.name} 第 ${classes} 班`,
        courseId: course.id,
        providerId: provider.id,
        place: '镇文化站',
        begins: `${month}-01`,
        ends: `${month}-10`,
        capacity: 30,
        ...more,
        sessions: [1, 2, 3, 4, 5].map((day) => ({
          day: `${month}-0${day}`,
          startsAt: '08:30',
          endsAt: '11:30',
          place: '镇文化站',
        })),
      },
    });
  };

  const enrol = (classId: string, { householdId, members }: TestHousehold, at = 0, as: Connection = village) =>
    call(as, enrolPerson, { params: { classId }, body: { householdId, personId: members[at]?.personId ?? '' } });

  /** Calls the roll in each session: the learner of each name came to so many of them. */
  const attend = async (
    classId: string,
    sessions: readonly { readonly id: string }[],
    times: Record<string, number>,
  ) => {
    for (const [at, session] of sessions.entries()) {
      const sheet = await call(teacher, getAttendance, { params: { sessionId: session.id } });
      await call(teacher, recordAttendance, {
        params: { sessionId: session.id },
        body: {
          version: sheet.session.version,
          marks: sheet.rows.map(({ enrolmentId, personName }) => ({
            enrolmentId,
            mark: at < (times[personName] ?? 0) ? ('present' as const) : ('absent' as const),
          })),
        },
      });
    }
    return call(teacher, listEnrolments, { params: { classId } });
  };

  const giveMarks = async (classId: string, marks: Record<string, number>, as: Connection = teacher) => {
    const { rows } = await call(as, listEnrolments, { params: { classId } });
    return call(as, recordResults, {
      params: { classId },
      body: {
        results: rows.map(({ id, personName, version }) => ({
          enrolmentId: id,
          mark: marks[personName] ?? null,
          version,
        })),
      },
    });
  };

  return { office, village, teacher, provider, course, openClass, enrol, attend, giveMarks };
}
export type TestSchool = Awaited<ReturnType<typeof testSchool>>;

/** What a refused call says. */
export async function refusal(work: Promise<unknown>): Promise<{ status: number; code: string; title: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && 'problem' in error)
      return error.problem as { status: number; code: string; title: string };
    throw error;
  }
  throw new Error('the call was not refused');
}
