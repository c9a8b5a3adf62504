import { call, type Connection, send } from '@bangfu/contracts/core/client';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { getAttendance, recordAttendance } from '@bangfu/contracts/training/attendance';
import { issueCertificates, listCertificates, withdrawCertificate } from '@bangfu/contracts/training/certificates';
import { addSession, cancelSession, getClass } from '@bangfu/contracts/training/classes';
import { changeCourse, listCourses } from '@bangfu/contracts/training/courses';
import {
  enrolPerson,
  findLearners,
  listEnrolments,
  recordResults,
  withdrawEnrolment,
} from '@bangfu/contracts/training/enrolments';
import { printSlips } from '@bangfu/contracts/training/satisfaction';
import { changeProvider, listProviders } from '@bangfu/contracts/training/providers';
import type { Grant } from '@bangfu/domain/shared/roles';
import { answerOf, OfferLog, passedOver } from '@bangfu/platform/testing/offers';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildTraining } from './app.ts';
import { household, member, newTestId, register, type TestHousehold } from './testing/register.ts';
import { AFTER, BEFORE, DURING, type TestSchool, testSchool } from './testing/school.ts';

const FAR_VILLAGE = '211382104202';
const TOWNSHIP = '211382104000';

let world: TestService;
let school: TestSchool;
let readers: Record<string, Connection>;
let near: TestHousehold[];
let far: TestHousehold[];

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', buildTraining);
  world.setNow(BEFORE);
  const families = (first: number, count: number, more: Partial<TestHousehold> = {}) =>
    Array.from({ length: count }, (_, i) => household(`21138200${first + i}`, [member('王学员')], more));
  near = families(10, 20);
  far = families(40, 12, { villageCode: FAR_VILLAGE });
  await register(world, [...near, ...far]);
  school = await testSchool(world);
  const other = await testSchool(world);
  const provider: Grant = { role: 'training-provider', scope: { kind: 'provider', id: school.provider.id } };
  readers = {
    auditor: world.as('auditor', grant('auditor')),
    leader: world.as('leader', grant('county-leader')),
    'far village': world.as('far', grant('village-officer', FAR_VILLAGE)),
    village: school.village,
    'other teacher': other.teacher,
    township: world.as('township', grant('township-officer', TOWNSHIP)),
    teacher: school.teacher,
    all: world.as('all', provider, grant('village-officer', FAR_VILLAGE), grant('county-office')),
    'second office': world.as('second-office', grant('county-office')),
    office: school.office,
  };
});
afterAll(() => world.stop());

type OpenClass = AnswerOf<typeof getClass>;
type Learner = AnswerOf<typeof listEnrolments>['rows'][number];
type OpenSession = OpenClass['sessionList'][number];
type Sheet = AnswerOf<typeof getAttendance>;
type Certificate = AnswerOf<typeof listCertificates>['rows'][number];
type StepOf<Open extends { readonly steps: readonly { readonly step: string }[] }> = Open['steps'][number]['step'];

/** What a page without the record would show: nothing. */
const absent = <Open>() => ({ steps: [] as unknown[] }) as Open;
const orNothing = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null);
const params = (classId: string) => ({ params: { classId } });
let minutes = 12 * 60;
const nextTime = () => {
  minutes += 1;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

/** Somebody of the caller's own region whom the search offers, else anybody. */
async function someone(at: Connection, classId: string) {
  const found = await orNothing(call(at, findLearners, { ...params(classId), query: { search: '21138200' } }));
  const one = found?.rows.find(({ reasons }) => reasons.length === 0);
  return one ?? { householdId: near[0]?.householdId ?? '', personId: near[0]?.members[0]?.personId ?? '' };
}

const result = ({ id, mark, version }: Learner, more: Partial<Learner>) => ({
  enrolmentId: id,
  mark,
  version,
  ...more,
});

async function takeClass(at: Connection, step: StepOf<OpenClass>, group: OpenClass) {
  const to = params(group.id);
  switch (step) {
    case 'enrol': {
      const { householdId, personId } = await someone(at, group.id);
      return call(at, enrolPerson, { ...to, body: { householdId, personId } });
    }
    case 'add-session': {
      const body = { day: group.begins, startsAt: nextTime(), endsAt: nextTime(), place: '文化站' };
      return call(at, addSession, { ...to, body });
    }
    case 'results': {
      const { rows } = await call(at, listEnrolments, to);
      const [one] = rows.filter(({ withdrawnOn }) => withdrawnOn === null);
      // A mark is changed only of who has no certificate; the same again is taken of everybody.
      const results = one ? [result(one, {})] : [{ enrolmentId: newTestId(), mark: 1, version: 1 }];
      return call(at, recordResults, { ...to, body: { results } });
    }
    case 'slips':
      return send(at, printSlips, to);
  }
}

async function takeSession(at: Connection, step: StepOf<OpenSession>, { id, version }: OpenSession) {
  const to = { params: { sessionId: id } };
  if (step === 'cancel') return call(at, cancelSession, { ...to, body: { reason: '停电', version } });
  const sheet = await call(at, getAttendance, to);
  const row = sheet.rows.find(({ steps }) => steps.some(({ open }) => open)) ?? sheet.rows[0];
  return enter(at, sheet, row);
}

/** Enters another mark for one on a sheet. */
const enter = (at: Connection, { session }: Sheet, row: Sheet['rows'][number] | undefined) =>
  call(at, recordAttendance, {
    params: { sessionId: session.id },
    body: {
      version: session.version,
      marks: [{ enrolmentId: row?.enrolmentId ?? newTestId(), mark: row?.mark === 'present' ? 'excused' : 'present' }],
    },
  });

async function takeLearner(at: Connection, step: StepOf<Learner>, learner: Learner) {
  const { id, classId, version, mark } = learner;
  switch (step) {
    case 'withdraw':
      return call(at, withdrawEnrolment, { params: { enrolmentId: id }, body: { reason: '外出务工', version } });
    case 'mark':
      return call(at, recordResults, {
        ...params(classId),
        body: { results: [result(learner, { mark: (mark ?? 70) + 1 })] },
      });
    case 'certificate': {
      const { issued, refused } = await call(at, issueCertificates, {
        ...params(classId),
        body: { enrolmentIds: [id] },
      });
      // Who is not issued one is named in the answer.
      if (issued.length === 0) throw passedOver(refused[0]?.code);
      return issued;
    }
  }
}

const takeCertificate = (at: Connection, _: StepOf<Certificate>, { id, version }: Certificate) =>
  call(at, withdrawCertificate, { params: { certificateId: id }, body: { reason: '成绩有误', version } });

/** Everybody tries every step of a class: on its sheets, of its sessions, learners and certificates, of itself. */
async function tryClass(log: OfferLog, classId: string, name: string, sessions: readonly number[], learners: number) {
  const { rows } = await call(school.office, listEnrolments, params(classId));
  const { sessionList } = await call(school.office, getClass, params(classId));
  const readLearner = (id: string) => async (at: Connection) =>
    (await call(at, listEnrolments, params(classId))).rows.find((row) => row.id === id) ?? absent<Learner>();
  for (const n of sessions) {
    const id = sessionList[n]?.id ?? '';
    const readRow = async (at: Connection) => {
      const sheet = await call(at, getAttendance, { params: { sessionId: id } });
      const row = sheet.rows.find(({ enrolmentId }) => enrolmentId === rows[0]?.id);
      return { sheet, row, steps: row?.steps ?? [] };
    };
    const takeRow = (at: Connection, _: 'mark', { sheet, row }: Awaited<ReturnType<typeof readRow>>) =>
      enter(at, sheet, row);
    await log.tryAll({ readers, name: `${name}, sheet ${n}`, read: readRow, take: takeRow });
    const read = async (at: Connection) =>
      (await call(at, getClass, params(classId))).sessionList.find((each) => each.id === id) ?? absent<OpenSession>();
    await log.tryAll({ readers, name: `${name}, session ${n}`, read, take: takeSession });
  }
  for (const { id, personName } of rows.slice(0, learners)) {
    await log.tryAll({ readers, name: `${name}, ${personName}`, read: readLearner(id), take: takeLearner });
  }
  const { rows: certificates } = await call(school.office, listCertificates, { query: { class: classId } });
  for (const { id, number } of certificates.slice(2)) {
    const read = async (at: Connection) =>
      (await call(at, listCertificates, { query: { class: classId } })).rows.find((row) => row.id === id) ??
      absent<Certificate>();
    await log.tryAll({ readers, name: `${name}, ${number}`, read, take: takeCertificate });
  }
  await log.tryAll({ readers, name, read: (at) => call(at, getClass, params(classId)), take: takeClass });
}

/*
 * What an offer does not know, because it is chosen or typed: the times of a session (outside the class or over another
 * one), which person is enrolled (each one found says why not, which the second test holds), the name of a course or a
 * provider, and the lines of a list of attendance. Saving marks that already stand is accepted and changes nothing, so
 * the tests enter others. The tests choose what a page would.
 */
describe('given classes before, while and after they run', () => {
  it('when everybody tries every step, then what the page offers is what the service accepts', async () => {
    const log = new OfferLog();
    const [open, full, empty] = [
      await school.openClass(),
      await school.openClass({ capacity: 1 }),
      await school.openClass(),
    ];
    await school.enrol(full.id, near[0] ?? household('', []));
    await school.enrol(open.id, near[1] ?? household('', []));
    await school.enrol(open.id, far[0] ?? household('', []), 0, readers['township']);
    for (const [now, sessions] of [
      [BEFORE, [3]],
      [DURING, [0, 4]],
      [AFTER, [1]],
    ] as const) {
      world.setNow(now);
      const day = now.toISOString().slice(0, 10);
      await tryClass(log, open.id, `${day} open`, sessions, 2);
      await tryClass(log, full.id, `${day} full`, [], 0);
      await tryClass(log, empty.id, `${day} empty`, sessions, 0);
    }
    expect(log.wrong).toEqual([]);
    const steps = ['add-session', 'attendance', 'cancel', 'enrol', 'mark', 'results', 'slips', 'withdraw'];
    expect([...log.taken].sort()).toEqual(steps);
    expect([...log.closed]).toEqual(expect.arrayContaining(steps));
  }, 240_000);

  it('when a search names learners, then the service takes those without a reason, and no other', async () => {
    world.setNow(BEFORE);
    const group = await school.openClass({ capacity: 4 });
    const wrong: string[] = [];
    for (const [who, at] of Object.entries(readers)) {
      const search = () => orNothing(call(at, findLearners, { ...params(group.id), query: { search: '21138200' } }));
      for (const { householdId, personId } of (await search())?.rows.slice(0, 4) ?? []) {
        const row = (await search())?.rows.find((each) => each.personId === personId);
        const answer = await answerOf(call(at, enrolPerson, { ...params(group.id), body: { householdId, personId } }));
        if ((row?.reasons.length === 0) !== (answer === 'accepted'))
          wrong.push(`${who}: ${row?.reasons[0]?.code}, ${answer}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('given a class whose learners attended, passed by different hands and hold certificates', () => {
  it('when everybody tries every step, then what the page offers is what the service accepts', async () => {
    const log = new OfferLog();
    world.setNow(BEFORE);
    const group = await (await testSchool(world)).openClass();
    const teacher = world.as('its-teacher', {
      role: 'training-provider',
      scope: { kind: 'provider', id: group.providerId },
    });
    const names = ['陈一', '陈二', '陈三', '陈四', '陈五'];
    const fresh = names.map((name, i) => household(`211382007${i}`, [member(name)]));
    await register(world, fresh);
    for (const each of fresh) await school.enrol(group.id, each);
    world.setNow(AFTER);
    for (const { id } of group.sessionList) {
      const sheet = await call(teacher, getAttendance, { params: { sessionId: id } });
      const marks = sheet.rows.map(({ enrolmentId }) => ({ enrolmentId, mark: 'present' as const }));
      await call(teacher, recordAttendance, {
        params: { sessionId: id },
        body: { version: sheet.session.version, marks },
      });
    }
    const give = async (at: Connection, from: number, to: number) => {
      const { rows } = await call(at, listEnrolments, params(group.id));
      const results = rows.slice(from, to).map((row) => result(row, { mark: 80 }));
      await call(at, recordResults, { ...params(group.id), body: { results } });
    };
    await give(teacher, 0, 4);
    await give(school.office, 4, 5);
    const { rows } = await call(school.office, listEnrolments, params(group.id));
    // The last one's result is the office's own; another office may issue that certificate.
    for (const learner of [...rows].reverse()) {
      const read = async (at: Connection) =>
        (await call(at, listEnrolments, params(group.id))).rows.find(({ id }) => id === learner.id) ??
        absent<Learner>();
      const who = { office: school.office, 'second office': readers['second office'] ?? school.office };
      const only = async (at: Connection) => {
        const row = await read(at);
        return { ...row, steps: row.steps.filter(({ step }) => step === 'certificate') };
      };
      await log.tryAll({ readers: who, name: learner.personName, read: only, take: takeLearner });
    }
    await tryClass(log, group.id, 'certified', [0], 2);
    await tryClass(log, group.id, 'again', [1], 1);
    expect(log.wrong).toEqual([]);
    expect([...log.taken]).toEqual(expect.arrayContaining(['certificate', 'withdraw', 'results']));
    expect([...log.closed]).toEqual(expect.arrayContaining(['certificate', 'withdraw', 'cancel', 'add-session']));
  }, 240_000);
});

describe('given courses and providers, offered and stopped', () => {
  it('when everybody tries to change them, then what a row offers is what the service accepts', async () => {
    const log = new OfferLog();
    for (let round = 0; round < 2; round++) {
      const courses = async (at: Connection) =>
        (await call(at, listCourses, {})).rows.find(({ id }) => id === school.course.id) ?? absent<Course>();
      await log.tryAll({
        readers,
        name: 'course',
        read: courses,
        take: (at, _, { id, classes: _classes, steps: _steps, ...course }) =>
          call(at, changeCourse, { params: { courseId: id }, body: { ...course, active: !course.active } }),
      });
      const providers = async (at: Connection) =>
        (await call(at, listProviders, {})).rows.find(({ id }) => id === school.provider.id) ?? absent<Provider>();
      await log.tryAll({
        readers,
        name: 'provider',
        read: providers,
        take: (at, _, { id, classes: _classes, steps: _steps, ...provider }) =>
          call(at, changeProvider, { params: { providerId: id }, body: { ...provider, active: !provider.active } }),
      });
    }
    expect(log.wrong).toEqual([]);
    expect(log.taken).toEqual(new Set(['change']));
    expect(log.closed).toEqual(new Set(['change']));
  });
});

type Course = AnswerOf<typeof listCourses>['rows'][number];
type Provider = AnswerOf<typeof listProviders>['rows'][number];
