import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { getAttendance } from '@bangfu/contracts/training/attendance';
import { issueCertificates, listCertificates, withdrawCertificate } from '@bangfu/contracts/training/certificates';
import { getClass, listClasses, listSessions } from '@bangfu/contracts/training/classes';
import { createCourse, listCourses } from '@bangfu/contracts/training/courses';
import { getCoverage } from '@bangfu/contracts/training/coverage';
import { listEnrolments, recordResults, withdrawEnrolment } from '@bangfu/contracts/training/enrolments';
import { listProviders } from '@bangfu/contracts/training/providers';
import { listTrainees } from '@bangfu/contracts/training/trainees';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildTraining } from './app.ts';
import { household, member, register, type TestHousehold } from './testing/register.ts';
import { refusal, testSchool } from './testing/school.ts';

const PERSONS = 5;
const ops = everyService('training');

let world: TestService;
let client: pg.Client;
let run = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', buildTraining);
  client = new pg.Client({ connectionString: world.urls.app });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await world.stop();
});

/** What one person does, and what becomes of them, in one month. */
const MONTH = fc.record({
  enrols: fc.constantFrom(true, true, true, false),
  givesUp: fc.constantFrom(false, false, false, true),
  comes: fc.constantFrom(0, 2, 4, 5, 5),
  mark: fc.constantFrom(null, 30, 59, 60, 95, 95),
  loses: fc.constantFrom(false, false, true),
  fate: fc.constantFrom('stays', 'stays', 'stays', 'stays', 'gone', 'lost'),
});
const HISTORY = fc.array(
  fc.record({ course: fc.constantFrom(0, 1), persons: fc.array(MONTH, { minLength: PERSONS, maxLength: PERSONS }) }),
  { minLength: 2, maxLength: 4 },
);

interface Taken {
  readonly course: number;
  readonly passed: boolean;
  certificate: 'none' | 'valid' | 'withdrawn';
}
interface Person {
  readonly name: string;
  readonly home: TestHousehold;
  isThere: boolean;
  isAble: boolean;
  readonly taken: Taken[];
}

/** Everybody of every history so far. */
const all: Person[] = [];

const isoDay = (month: number, day: number) => `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Writes the members a household has now, as the register's events would. */
async function writeMembers({ home, isThere, isAble }: Person): Promise<void> {
  const members = isThere ? home.members.map((each) => ({ ...each, labour: isAble ? 'ordinary' : 'lost' })) : [];
  // A second, able member who learns nothing keeps the household among those that count.
  const other = {
    personId: '00000000-0000-4000-8000-000000000000',
    name: '同住',
    sex: 'male',
    birthDate: '1990-01-01',
    labour: 'ordinary',
  };
  await client.query('UPDATE platform.household_copy SET members = $2::jsonb WHERE id = $1::uuid', [
    home.householdId,
    JSON.stringify([...members, other]),
  ]);
}

async function everyListAnswers(as: Connection, classIds: readonly string[]): Promise<void> {
  const query = { limit: 500 };
  await call(as, listClasses, { query });
  await call(as, listCourses, { query });
  await call(as, listProviders, { query });
  await call(as, listTrainees, { query });
  await call(as, listCertificates, { query });
  await call(as, ops.getHome, {});
  await call(as, ops.listWork, {});
  for (const classId of classIds) {
    const { sessionList, begins, ends } = await call(as, getClass, { params: { classId } });
    await call(as, listSessions, { query: { from: begins, to: ends } });
    await call(as, listEnrolments, { params: { classId } });
    await call(as, getAttendance, { params: { sessionId: sessionList[0]?.id ?? '' } });
  }
}

describe('given random histories of classes, learners, results and certificates', () => {
  it('when they have run, then each act was taken or refused as the regulation says, every list answers, and all counts agree', async () => {
    await fc.assert(
      fc.asyncProperty(HISTORY, async (history) => {
        run += 1;
        world.setNow(new Date('2026-04-20T02:00:00Z'));
        const school = await testSchool(world);
        const second = await call(school.office, createCourse, {
          body: { name: `果树 ${run}`, kind: 'farming', lessons: 8 },
        });
        const courses = [school.course.id, second.id];
        const persons: Person[] = Array.from({ length: PERSONS }, (_, at) => ({
          name: `学员${run}之${at}`,
          home: household(`2113827${String(run).padStart(3, '0')}${at}`, [member(`学员${run}之${at}`)]),
          isThere: true,
          isAble: true,
          taken: [],
        }));
        await register(
          world,
          persons.map(({ home }) => home),
        );
        for (const person of persons) await writeMembers(person);
        const classIds: string[] = [];

        for (const [at, month] of history.entries()) {
          const number = 5 + at;
          world.setNow(new Date(`${isoDay(number - 1, 20)}T02:00:00Z`));
          for (const [i, person] of persons.entries()) {
            const { fate } = month.persons[i] ?? { fate: 'stays' };
            if (fate === 'gone') person.isThere = false;
            if (fate === 'lost') person.isAble = false;
            await writeMembers(person);
          }
          const courseId = courses[month.course] ?? '';
          const group = await school.openClass({ month: isoDay(number, 1).slice(0, 7), courseId });
          classIds.push(group.id);
          const learners = new Map<string, { person: Person; plan: (typeof month.persons)[number]; id: string }>();
          for (const [i, person] of persons.entries()) {
            const plan = month.persons[i];
            if (!plan?.enrols) continue;
            const had = person.taken.some(
              (each) => each.course === month.course && (each.passed || each.certificate === 'valid'),
            );
            const expected = !person.isThere
              ? 'NOT_FOUND'
              : !person.isAble
                ? 'LEARNER_NO_LABOUR'
                : had
                  ? 'COURSE_TAKEN'
                  : null;
            const enrolling = school.enrol(group.id, person.home);
            if (expected !== null) {
              expect((await refusal(enrolling)).code).toBe(expected);
              continue;
            }
            const { id, version } = await enrolling;
            if (plan.givesUp) {
              await call(school.village, withdrawEnrolment, {
                params: { enrolmentId: id },
                body: { reason: '外出', version },
              });
            } else learners.set(id, { person, plan, id });
          }
          if (learners.size === 0) continue;

          world.setNow(new Date(`${isoDay(number, 11)}T02:00:00Z`));
          const came = Object.fromEntries([...learners.values()].map(({ person, plan }) => [person.name, plan.comes]));
          const { rows } = await school.attend(group.id, group.sessionList, came);
          const results = rows.flatMap(({ id, version }) => {
            const learner = learners.get(id);
            return learner ? [{ enrolmentId: id, version, mark: learner.plan.mark }] : [];
          });
          await call(school.teacher, recordResults, { params: { classId: group.id }, body: { results } });
          const answer = await call(school.office, issueCertificates, {
            params: { classId: group.id },
            body: { enrolmentIds: [...learners.keys()] },
          });
          const worthy = [...learners.values()].filter(({ plan }) => plan.comes >= 4 && (plan.mark ?? 0) >= 60);
          expect(answer.issued.map(({ personName }) => personName).sort()).toEqual(
            worthy.map(({ person }) => person.name).sort(),
          );
          for (const { person, plan } of learners.values()) {
            const certificate = answer.issued.find(({ personName }) => personName === person.name);
            const takes = certificate !== undefined && plan.loses;
            if (takes) {
              const params = { certificateId: certificate.id };
              await call(school.office, withdrawCertificate, { params, body: { reason: '成绩有误撤销', version: 1 } });
            }
            person.taken.push({
              course: month.course,
              passed: certificate !== undefined,
              certificate: certificate === undefined ? 'none' : takes ? 'withdrawn' : 'valid',
            });
          }
        }

        await everyListAnswers(school.office, classIds);
        const trainees = (await call(school.office, listTrainees, { query: { limit: 500 } })).rows;
        const valid = (await call(school.office, listCertificates, { query: { limit: 500, state: 'valid' } })).rows;
        for (const { name, taken } of persons) {
          const held = taken.filter(({ certificate }) => certificate === 'valid').length;
          const row = trainees.find(({ personName }) => personName === name);
          expect([name, row?.classes ?? 0, row?.certificates ?? 0]).toEqual([name, taken.length, held]);
          const own = valid.filter(({ personName }) => personName === name);
          expect(own).toHaveLength(held);
          expect(new Set(own.map(({ courseName }) => courseName)).size).toBe(held);
        }
        // The county's coverage is counted by hand over everything these histories have left.
        all.push(...persons);
        const { total } = await call(school.office, getCoverage, {});
        const skilled = all.filter(
          (each) => each.isThere && each.isAble && each.taken.some((t) => t.certificate === 'valid'),
        );
        expect({ households: total.households, skilled: total.skilled }).toEqual({
          households: all.length,
          skilled: skilled.length,
        });
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 240_000);
});
