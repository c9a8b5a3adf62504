import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { call } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  getAttendance,
  AttendanceListOutcome,
  importAttendance,
  recordAttendance,
} from '@bangfu/contracts/training/attendance';
import { addSession, cancelSession, changeSession, getClass, listSessions } from '@bangfu/contracts/training/classes';
import { listEnrolments } from '@bangfu/contracts/training/enrolments';
import { xlsxWriter } from '@bangfu/platform/spreadsheet/write';
import { bringHostile } from '@bangfu/platform/testing/hostile-uploads';
import { bringWritings } from '@bangfu/platform/testing/list-writings';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { buildTraining } from '../../app.ts';
import { household, member, newTestId, register } from '../../testing/register.ts';
import { BEFORE, DURING, refusal, type TestSchool, testSchool } from '../../testing/school.ts';

let world: TestService;
let school: TestSchool;
const couple = household('2113820020', [member('周一'), member('周二', { sex: 'female' })]);
const namesakes = household('2113820021', [member('吴同'), member('吴同')]);
const people = household('2113820022', [member('郑三')]);
const { listWork } = everyService('training');

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', buildTraining);
  await register(world, [couple, namesakes, people]);
});
beforeEach(() => world.setNow(BEFORE));
afterAll(() => world.stop());

/** A class whose learners are the couple, in a new school each time; two of its sessions have been held. */
async function heldClass() {
  await withdrawAll();
  school = await testSchool(world);
  const group = await school.openClass();
  for (const at of [0, 1]) await school.enrol(group.id, couple, at);
  world.setNow(DURING);
  return group;
}

/** Learners may be in one class at a time; each test takes them out of the former one. */
async function withdrawAll() {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: world.urls.migrator });
  await client.connect();
  await client.query(`UPDATE enrolment SET withdrawn_on = '2026-05-20'`);
  await client.end();
}

const sheetOf = (sessionId: string) => call(school.teacher, getAttendance, { params: { sessionId } });
const record = (sessionId: string, version: number, marks: [string, 'present' | 'absent' | 'excused'][]) =>
  call(school.teacher, recordAttendance, {
    params: { sessionId },
    body: { version, marks: marks.map(([enrolmentId, mark]) => ({ enrolmentId, mark })) },
  });

const list = (lines: readonly string[]) => Buffer.from(['姓名,户编号,出勤', ...lines].join('\r\n'));

describe('calling the roll', () => {
  it('given a sheet entered twice, then it counts once, and a changed one needs the version it was made on', async () => {
    const { id, sessionList } = await heldClass();
    const sessionId = sessionList[0]?.id ?? '';
    const { rows, session } = await sheetOf(sessionId);
    const [one = '', two = ''] = rows.map(({ enrolmentId }) => enrolmentId);
    expect(rows.map(({ personName, mark }) => [personName, mark])).toEqual([
      ['周一', null],
      ['周二', null],
    ]);
    const first = await record(sessionId, session.version, [
      [one, 'present'],
      [two, 'excused'],
    ]);
    expect(first.session).toMatchObject({ present: 1, marked: 2, version: session.version + 1 });
    const again = await record(sessionId, session.version, [
      [one, 'present'],
      [two, 'excused'],
    ]);
    expect(again).toEqual(first);
    expect(await refusal(record(sessionId, session.version, [[two, 'present']]))).toMatchObject({ status: 409 });
    const second = await record(sessionId, again.session.version, [[two, 'present']]);
    expect(second.session).toMatchObject({ present: 2, marked: 2 });
    const learners = await call(school.village, listEnrolments, { params: { classId: id } });
    expect(learners.rows.map(({ held, attended }) => [held, attended])).toEqual([
      [2, 1],
      [2, 1],
    ]);
  });

  it('refuses a session to come, a cancelled one, a stranger, and a person who stands on the sheet twice', async () => {
    const { id, sessionList } = await heldClass();
    const [held, , , coming] = sessionList;
    const { rows, session } = await sheetOf(held?.id ?? '');
    const one = rows[0]?.enrolmentId ?? '';
    const codeOf = async (work: Promise<unknown>) => (await refusal(work)).code;
    expect(await codeOf(record(coming?.id ?? '', 1, [[one, 'present']]))).toBe('SESSION_IN_FUTURE');
    expect(await codeOf(record(session.id, 1, [[newTestId(), 'present']]))).toBe('ATTENDANCE_NOT_ENROLLED');
    expect(
      await codeOf(
        record(session.id, 1, [
          [one, 'present'],
          [one, 'absent'],
        ]),
      ),
    ).toBe('ATTENDANCE_TWICE');
    const cancelled = await call(school.teacher, cancelSession, {
      params: { sessionId: session.id },
      body: { reason: '暴雨停课', version: session.version },
    });
    expect(cancelled.cancelled).toBe('暴雨停课');
    expect(await codeOf(record(session.id, cancelled.version, [[one, 'present']]))).toBe('SESSION_CANCELLED');
    const learners = await call(school.teacher, listEnrolments, { params: { classId: id } });
    expect(learners.rows[0]?.held).toBe(1);
  });

  it('tells the provider which sheets are missing, and no more once they are entered', async () => {
    const { id, sessionList } = await heldClass();
    const work = await call(school.teacher, listWork, {});
    expect(work.items.map(({ kind, link }) => [kind, link])).toEqual(
      sessionList.slice(0, 2).map((session) => ['attendance-to-record', `/training/attendance/${session.id}`]),
    );
    expect(work.items[0]).toMatchObject({ due: '2026-06-01', overdue: true });
    await school.attend(id, sessionList.slice(0, 2), { 周一: 2 });
    expect((await call(school.teacher, listWork, {})).total).toBe(0);
  });
});

describe('an attendance list', () => {
  const bring = (sessionId: string, body: Buffer, name = '签到表.csv') =>
    callJob(school.teacher, importAttendance, AttendanceListOutcome, { params: { sessionId }, query: { name }, body });

  it('given files that are made to be expensive, then each is refused, and none stays', async () => {
    const { sessionList } = await heldClass();
    const bringFile = (body: Buffer, name: string) => bring(sessionList[0]?.id ?? '', body, name);
    expect(await bringHostile(world, bringFile)).toEqual([]);
  }, 60_000);

  it('given any writing that offices have for it, then it is taken as it is meant, or refused with the cell', async () => {
    const { sessionList } = await heldClass();
    const sessionId = sessionList[0]?.id ?? '';
    const rows = [
      ['周一', couple.number, '√'],
      ['周二', couple.number, '缺勤'],
    ];
    const good = { header: ['姓名', '户编号', '出勤'], rows, numbers: '户编号' };
    const { answered, right } = await bringWritings(good, async (body, expected) => {
      const answer = await bring(sessionId, body);
      if ('taken' in expected) expect(answer.sheet.rows.map(({ mark }) => mark)).toEqual(['present', 'absent']);
      return answer;
    });
    expect(answered).toEqual(right);
  });

  it('given a mark without a person, then its row is named', async () => {
    const { sessionList } = await heldClass();
    const { problems } = await bring(sessionList[0]?.id ?? '', list([`周一,${couple.number},√`, ',,√']));
    expect(problems).toMatchObject([{ row: 3, code: 'LIST_PERSON_UNKNOWN' }]);
  });

  it('given a csv with the words clerks use, then each mark is entered, and the same list again changes nothing', async () => {
    const { sessionList } = await heldClass();
    const id = sessionList[0]?.id ?? '';
    const body = list([`周一,${couple.number},√`, `周 二,${couple.number},请假`]);
    const answer = await bring(id, body);
    expect(answer).toMatchObject({ entered: 2, problems: [] });
    expect(answer.sheet.rows.map(({ mark }) => mark)).toEqual(['present', 'excused']);
    expect((await bring(id, body)).sheet.session.version).toBe(answer.sheet.session.version);
  });

  it('given an xlsx with a title above and other columns between, then it is read as well', async () => {
    const { sessionList } = await heldClass();
    const out = new PassThrough();
    const bytes = buffer(out);
    const text = (header: string) => ({ header, kind: 'text' as const });
    const writer = await xlsxWriter(out, {
      sheetName: '签到',
      columns: [text('签到表'), text(''), text(''), text('')],
    });
    await writer.write(['户编号', '序号', '姓名', '出勤']);
    await writer.write([couple.number, '1', '周一', '缺勤']);
    await writer.write([couple.number, '2', '周二', '出勤']);
    await writer.end();
    const answer = await bring(sessionList[0]?.id ?? '', await bytes, '签到表.xlsx');
    expect(answer.sheet.rows.map(({ mark }) => mark)).toEqual(['absent', 'present']);
  });

  it('given wrong lines, then every one is named with its row and nothing is entered', async () => {
    const group = await heldClass();
    world.setNow(BEFORE);
    for (const at of [0, 1]) await school.enrol(group.id, namesakes, at);
    world.setNow(DURING);
    const answer = await bring(
      group.sessionList[0]?.id ?? '',
      list([
        `周一,${couple.number},出勤`,
        `周一,${people.number},出勤`,
        `周二,${couple.number},迟到`,
        `周一,${couple.number},缺勤`,
        `吴同,${namesakes.number},出勤`,
      ]),
    );
    expect(answer.entered).toBe(0);
    expect(answer.problems.map(({ row, code }) => [row, code])).toEqual([
      [3, 'LIST_PERSON_UNKNOWN'],
      [4, 'LIST_MARK_UNKNOWN'],
      [5, 'LIST_PERSON_TWICE'],
      [6, 'LIST_PERSON_AMBIGUOUS'],
    ]);
    expect(answer.sheet.session.marked).toBe(0);
  });

  it('refuses what is no list', async () => {
    const { sessionList } = await heldClass();
    const id = sessionList[0]?.id ?? '';
    expect(await refusal(bring(id, Buffer.from('姓名,电话\r\n周一,1')))).toMatchObject({
      status: 422,
      code: 'LIST_HEADER',
    });
    expect(await refusal(bring(id, Buffer.alloc(0)))).toMatchObject({ status: 422, code: 'WORKBOOK_EMPTY' });
  });
});

describe('the calendar of a class', () => {
  it('given a provider’s own class, then it plans and moves sessions within it and a stranger’s provider finds nothing', async () => {
    const { id } = await heldClass();
    const fields = { day: '2026-06-08', startsAt: '13:00', endsAt: '16:00', place: '大棚' };
    const added = await call(school.teacher, addSession, { params: { classId: id }, body: fields });
    const overlapping = { ...fields, startsAt: '15:59', endsAt: '17:00' };
    expect(
      await refusal(call(school.teacher, addSession, { params: { classId: id }, body: overlapping })),
    ).toMatchObject({
      code: 'SESSION_OVERLAPS',
    });
    const outside = { ...fields, day: '2026-06-11' };
    expect((await refusal(call(school.teacher, addSession, { params: { classId: id }, body: outside }))).title).toBe(
      '课次应在班次期间内（2026-06-01 至 2026-06-10）',
    );
    const moved = await call(school.teacher, changeSession, {
      params: { sessionId: added.id },
      body: { ...fields, day: '2026-06-09', version: added.version },
    });
    expect(moved).toMatchObject({ day: '2026-06-09', topic: '', version: 2 });
    const calendar = await call(school.teacher, listSessions, { query: { from: '2026-06-09', to: '2026-06-30' } });
    expect(calendar.rows.map((row) => row.id)).toEqual([added.id]);

    const stranger = (await testSchool(world)).teacher;
    const params = { sessionId: added.id };
    const attempts = [
      () => call(stranger, getClass, { params: { classId: id } }),
      () => call(stranger, addSession, { params: { classId: id }, body: { ...fields, day: '2026-06-10' } }),
      () => call(stranger, changeSession, { params, body: { ...fields, version: 2 } }),
      () => call(stranger, cancelSession, { params, body: { reason: '不上了', version: 2 } }),
      () => call(stranger, getAttendance, { params }),
      () => call(stranger, listEnrolments, { params: { classId: id } }),
      () =>
        callJob(stranger, importAttendance, AttendanceListOutcome, {
          params,
          query: { name: 'a.csv' },
          body: list(['周一,1,出勤']),
        }),
    ];
    for (const attempt of attempts) expect(await refusal(attempt())).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const seen = await call(stranger, listSessions, { query: { from: '2026-06-01', to: '2026-06-30' } });
    expect(seen.rows).toEqual([]);
  });
});
