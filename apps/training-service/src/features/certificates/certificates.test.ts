import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { cancelSession } from '@bangfu/contracts/training/classes';
import {
  getCertificate,
  issueCertificates,
  listCertificates,
  printCertificate,
  verifyCertificate,
  withdrawCertificate,
} from '@bangfu/contracts/training/certificates';
import { recordAttendance } from '@bangfu/contracts/training/attendance';
import { listEnrolments } from '@bangfu/contracts/training/enrolments';
import { certificateIssued, certificateWithdrawn } from '@bangfu/events/catalog/training';
import { openPool } from '@bangfu/data/pool';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { buildTraining } from '../../app.ts';
import { household, member, register, type TestHousehold } from '../../testing/register.ts';
import { AFTER, BEFORE, DURING, refusal, testSchool } from '../../testing/school.ts';

let world: TestService;
let serial = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', buildTraining);
});
beforeEach(() => world.setNow(BEFORE));
afterAll(() => world.stop());

const issue = (as: Connection, classId: string, enrolmentIds: string[]) =>
  call(as, issueCertificates, { params: { classId }, body: { enrolmentIds } });
const verify = (number: string) => call(world.anonymous, verifyCertificate, { params: { number } });

/** A class that is over: learners by name, with the sessions of five they came to and the mark they got. */
async function endedClass(learners: Record<string, { came: number; mark?: number }>) {
  world.setNow(BEFORE);
  const school = await testSchool(world);
  const names = Object.keys(learners);
  const homes: TestHousehold[] = names.map((name) => {
    serial += 1;
    return household(`21138203${serial}`, [member(name)]);
  });
  await register(world, homes);
  const group = await school.openClass();
  for (const home of homes) await school.enrol(group.id, home);
  world.setNow(AFTER);
  const came = Object.fromEntries(names.map((name) => [name, learners[name]?.came ?? 0]));
  await school.attend(group.id, group.sessionList, came);
  const marked = names.flatMap((name): [string, number][] => {
    const mark = learners[name]?.mark;
    return mark === undefined ? [] : [[name, mark]];
  });
  const { rows } = await school.giveMarks(group.id, Object.fromEntries(marked));
  const idOf = (name: string) => rows.find(({ personName }) => personName === name)?.id ?? '';
  return { ...school, group, rows, homes, idOf };
}

describe('issuing certificates', () => {
  it('given a class that is over, then who attended enough and passed gets one and the others hear what is missing', async () => {
    const { group, office, rows, village, homes } = await endedClass({
      王全勤: { came: 5, mark: 92 },
      李四次: { came: 4, mark: 60 },
      张三次: { came: 3, mark: 95 },
      赵不及: { came: 5, mark: 59 },
      钱未考: { came: 5 },
    });
    expect(Object.fromEntries(rows.map(({ personName, missing }) => [personName, missing?.code ?? null]))).toEqual({
      王全勤: null,
      李四次: null,
      张三次: 'CERTIFICATE_ATTENDANCE',
      赵不及: 'CERTIFICATE_NOT_PASSED',
      钱未考: 'CERTIFICATE_NOT_ASSESSED',
    });
    const answer = await issue(
      office,
      group.id,
      rows.map(({ id }) => id),
    );
    expect(answer.issued.map(({ personName, mark }) => [personName, mark])).toEqual([
      ['王全勤', 92],
      ['李四次', 60],
    ]);
    expect(answer.refused.map(({ personName, code }) => [personName, code])).toEqual([
      ['张三次', 'CERTIFICATE_ATTENDANCE'],
      ['赵不及', 'CERTIFICATE_NOT_PASSED'],
      ['钱未考', 'CERTIFICATE_NOT_ASSESSED'],
    ]);
    expect(answer.refused[0]?.message).toBe('出勤 3/5 次，未达到 80%');

    const again = await issue(
      office,
      group.id,
      rows.slice(0, 2).map(({ id }) => id),
    );
    expect(again).toMatchObject({
      issued: [],
      refused: [{ code: 'CERTIFICATE_EXISTS' }, { code: 'CERTIFICATE_EXISTS' }],
    });

    const certificate = answer.issued[0];
    const pool = openPool(world.urls.app, 1);
    const { rows: events } = await pool.query<{ key: string; data: Record<string, string> }>(
      "SELECT key, data FROM platform.outbox_event WHERE type = $1 ORDER BY data->>'number'",
      [certificateIssued.type],
    );
    await pool.end();
    expect(events[0]).toMatchObject({
      key: homes[0]?.householdId,
      data: {
        number: certificate?.number,
        personName: '王全勤',
        householdNumber: homes[0]?.number,
        issuedOn: '2026-06-11',
      },
    });
    const own = await call(village, listCertificates, { query: { search: homes[0]?.number } });
    expect(own.rows.map(({ id }) => id)).toEqual([certificate?.id]);
  });

  it('refuses before the last session, and to the person who entered the results', async () => {
    const { group, office, giveMarks, idOf } = await endedClass({ 自评者: { came: 5 } });
    await giveMarks(group.id, { 自评者: 80 }, office);
    const own = await issue(office, group.id, [idOf('自评者')]);
    expect(own).toMatchObject({ issued: [], refused: [{ code: 'CERTIFICATE_OWN_RESULT' }] });
    const colleague = world.as('second-office', grant('county-office'));
    world.setNow(DURING);
    const early = await issue(colleague, group.id, [idOf('自评者')]);
    expect(early).toMatchObject({ issued: [], refused: [{ code: 'CLASS_NOT_OVER' }] });
    world.setNow(AFTER);
    expect((await issue(colleague, group.id, [idOf('自评者')])).issued).toHaveLength(1);
  });

  it('given a certificate, then its learner’s attendance, result and sessions stand', async () => {
    const { group, office, teacher, giveMarks, idOf } = await endedClass({ 定局者: { came: 5, mark: 70 } });
    await issue(office, group.id, [idOf('定局者')]);
    const session = group.sessionList[0];
    const marks = [{ enrolmentId: idOf('定局者'), mark: 'absent' as const }];
    const changes = [
      () => call(teacher, recordAttendance, { params: { sessionId: session?.id ?? '' }, body: { version: 2, marks } }),
      () => giveMarks(group.id, { 定局者: 71 }),
    ];
    for (const change of changes) expect((await refusal(change())).code).toBe('CERTIFIED_ALREADY');
    const cancel = { reason: '补记停课', version: 2 };
    const cancelling = call(teacher, cancelSession, { params: { sessionId: session?.id ?? '' }, body: cancel });
    expect((await refusal(cancelling)).code).toBe('CLASS_HAS_CERTIFICATES');
  });

  it('given many issue in parallel, with one repeated and one refused, then the numbers of the year have no gap', async () => {
    const classes = [];
    for (const n of [1, 2, 3, 4]) {
      const [one, two, three] = [`并发${n}甲`, `并发${n}乙`, `并发${n}丙`] as const;
      classes.push(
        await endedClass({
          [one]: { came: 5, mark: 80 },
          [two]: { came: 5, mark: 80 },
          [three]: { came: 0, mark: 80 },
        }),
      );
    }
    const answers = await Promise.all(
      classes.flatMap(({ office, group, rows }) => [
        issue(
          office,
          group.id,
          rows.slice(0, 1).map(({ id }) => id),
        ),
        issue(
          office,
          group.id,
          rows.map(({ id }) => id),
        ),
        issue(
          office,
          group.id,
          rows.slice(2).map(({ id }) => id),
        ),
      ]),
    );
    const issued = answers.flatMap((answer) => answer.issued);
    expect(issued).toHaveLength(8);
    const all = await call(classes[0]?.office ?? world.anonymous, listCertificates, { query: { limit: 500 } });
    const serials = all.rows.map(({ number }) => Number(number.slice(12, 18))).sort((a, b) => a - b);
    expect(serials).toEqual(Array.from({ length: all.total }, (_, at) => at + 1));
    expect(new Set(all.rows.map(({ number }) => number.slice(0, 12)))).toEqual(new Set(['211382-2026-']));
  });

  it('given the first certificate of a new year, then its numbers begin at one', async () => {
    const { group, office, idOf } = await endedClass({ 跨年者: { came: 5, mark: 80 } });
    world.setNow(new Date('2026-12-31T16:00:00Z'));
    const { issued } = await issue(office, group.id, [idOf('跨年者')]);
    expect(issued[0]?.number).toMatch(/^211382-2027-000001-[\dX]$/);
    expect(issued[0]?.issuedOn).toBe('2027-01-01');
  });
});

describe('taking a course again', () => {
  it('given who failed, did not come, or passed, when they enrol in its next class, then only who passed is refused', async () => {
    const { group, office, homes, openClass, enrol, attend, giveMarks, idOf } = await endedClass({
      重考者: { came: 5, mark: 40 },
      缺课者: { came: 1, mark: 90 },
      未考者: { came: 5 },
      合格者: { came: 5, mark: 90 },
      持证者: { came: 5, mark: 90 },
    });
    expect((await issue(office, group.id, [idOf('持证者')])).issued).toHaveLength(1);
    world.setNow(new Date('2026-06-10T02:00:00Z'));
    const next = await openClass({ month: '2026-07' });
    const codeOf = (at: number) => refusal(enrol(next.id, homes[at] ?? household('', []))).then(({ code }) => code);
    // On the class's last day it still runs: nobody knows yet who passed.
    expect(await codeOf(0)).toBe('COURSE_TAKEN');
    world.setNow(AFTER);
    for (const at of [3, 4]) expect(await codeOf(at)).toBe('COURSE_TAKEN');
    for (const at of [0, 1, 2]) await enrol(next.id, homes[at] ?? household('', []));

    // The one nobody had assessed is assessed late, and certified in the first class: the second gives no other.
    await giveMarks(group.id, { 重考者: 40, 缺课者: 90, 未考者: 90, 合格者: 90, 持证者: 90 });
    expect((await issue(office, group.id, [idOf('未考者')])).issued).toHaveLength(1);
    world.setNow(new Date('2026-07-11T02:00:00Z'));
    await attend(next.id, next.sessionList, { 重考者: 5, 缺课者: 5, 未考者: 5 });
    const { rows } = await giveMarks(next.id, { 重考者: 70, 缺课者: 70, 未考者: 70 });
    expect(Object.fromEntries(rows.map(({ personName, missing }) => [personName, missing?.code ?? null]))).toEqual({
      重考者: null,
      缺课者: null,
      未考者: 'CERTIFICATE_OF_COURSE',
    });
    const answer = await issue(
      office,
      next.id,
      rows.map(({ id }) => id),
    );
    expect(answer.issued.map(({ personName }) => personName).sort()).toEqual(['缺课者', '重考者']);
    expect(answer.refused).toMatchObject([{ personName: '未考者', code: 'CERTIFICATE_OF_COURSE' }]);
    expect(answer.refused[0]?.message).toContain('211382-2026-');
  });

  it('given two classes of a course, when both issue to one person at the same moment, then one certificate is issued', async () => {
    const { group, office, homes, openClass, enrol, attend, giveMarks, idOf } = await endedClass({
      两班者: { came: 5 },
    });
    const next = await openClass({ month: '2026-07' });
    await enrol(next.id, homes[0] ?? household('', []));
    world.setNow(new Date('2026-07-11T02:00:00Z'));
    await giveMarks(group.id, { 两班者: 80 });
    await attend(next.id, next.sessionList, { 两班者: 5 });
    const { rows } = await giveMarks(next.id, { 两班者: 80 });
    const answers = await Promise.all([
      issue(office, group.id, [idOf('两班者')]),
      issue(office, next.id, [rows[0]?.id ?? '']),
    ]);
    expect(answers.flatMap(({ issued }) => issued)).toHaveLength(1);
  });
});

describe('verifying a certificate', () => {
  it('tells anyone whose it is with the name masked, what was mistyped, and what was withdrawn', async () => {
    const { group, office, course, provider, idOf, rows } = await endedClass({ 欧阳小明: { came: 5, mark: 88 } });
    const [certificate] = (await issue(office, group.id, [idOf('欧阳小明')])).issued;
    const number = certificate?.number ?? '';
    const shown = {
      courseName: course.name,
      className: group.name,
      providerName: provider.name,
      holder: '欧***',
      issuedOn: '2026-06-11',
    };
    expect(await verify(number)).toEqual({ number, result: 'valid', certificate: { ...shown, withdrawnOn: null } });
    expect((await verify(number.replaceAll('-', '').toLowerCase())).result).toBe('valid');
    const last = number.at(-1) === '0' ? '1' : '0';
    expect(await verify(number.slice(0, -1) + last)).toMatchObject({ result: 'wrong', certificate: null });
    expect(await verify('abc')).toEqual({ number: 'abc', result: 'wrong', certificate: null });
    expect((await verify('211382-2026-999999-5')).result).toMatch(/unknown|wrong/);

    const params = { certificateId: certificate?.id ?? '' };
    const body = { reason: '冒名顶替，经核查属实', version: 1 };
    expect((await call(office, withdrawCertificate, { params, body })).withdrawnOn).toBe('2026-06-11');
    expect(await verify(number)).toMatchObject({ result: 'withdrawn', certificate: { withdrawnOn: '2026-06-11' } });
    expect((await refusal(call(office, withdrawCertificate, { params, body }))).code).toBe('CERTIFICATE_WITHDRAWN');
    const pool = openPool(world.eventsUrl, 1);
    const heard = await until('the log has the withdrawal', async () => {
      const found = await pool.query<{ value: string }>("SELECT value FROM log WHERE topic = 'training.certificate'");
      return found.rows.find(({ value }) => value.includes(certificateWithdrawn.type) && value.includes(number));
    });
    await pool.end();
    expect(heard.value).not.toContain('冒名');
    const [second] = (
      await issue(
        office,
        group.id,
        rows.map(({ id }) => id),
      )
    ).issued;
    expect(second?.number).not.toBe(number);
  });

  it('given an issued one, when anything it was made from is renamed or moved, then its words are those of its day', async () => {
    const { group, office, village, idOf } = await endedClass({ 改名者: { came: 5, mark: 88 } });
    const [certificate] = (await issue(office, group.id, [idOf('改名者')])).issued;
    const params = { certificateId: certificate?.id ?? '' };
    const number = certificate?.number ?? '';
    const read = async () => ({
      check: await verify(number),
      paper: await call(village, getCertificate, { params }),
      listed: (await call(office, listCertificates, { query: { search: number } })).rows,
    });
    const before = await read();
    expect(before.paper.basis).toMatchObject({ document: '系统默认政策', paragraph: '' });
    const pool = openPool(world.urls.app, 1);
    // Every word, number and day of the tables a certificate is made from.
    const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
      `SELECT table_name AS table, column_name AS column, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name IN ('course', 'provider', 'training_class', 'enrolment')
         AND data_type IN ('text', 'integer', 'date')
         AND column_name NOT IN ('county_code', 'version', 'village_code', 'withdrawn_on', 'marked_by')`,
    );
    expect(columns.length).toBeGreaterThan(15);
    const of = {
      course: `id = '${group.courseId}'`,
      provider: `id = '${group.providerId}'`,
      training_class: `id = '${group.id}'`,
      enrolment: `id = '${idOf('改名者')}'`,
    } as const;
    const CHANGED = { text: "'改过的' || $1", integer: '7 + length($1)', date: "'2020-02-02'::date" } as const;
    const wrong: string[] = [];
    for (const { table, column, type } of columns) {
      const where = of[table as keyof typeof of];
      await pool.query(
        `UPDATE ${table} SET ${column} = ${CHANGED[type as keyof typeof CHANGED]} WHERE ${where}${type === 'date' ? ' AND $1::text IS NOT NULL' : ''}`,
        [column],
      );
      const after = await read();
      const same =
        JSON.stringify([after.check, after.paper, after.listed]) ===
        JSON.stringify([before.check, before.paper, before.listed]);
      if (!same) wrong.push(`${table}.${column}`);
    }
    await pool.end();
    expect(wrong).toEqual([]);
    expect(before.check.certificate).toMatchObject({ courseName: before.paper.courseName, holder: '改**' });
  });

  it('prints on A4 with the number in its name, within the reader’s scope only, and not once withdrawn', async () => {
    const { group, office, village, idOf } = await endedClass({ 打印者: { came: 5, mark: 88 } });
    const [certificate] = (await issue(office, group.id, [idOf('打印者')])).issued;
    const params = { certificateId: certificate?.id ?? '' };
    const answer = await send(village, printCertificate, { params });
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toContain(certificate?.number);
    const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toMatch(/\/MediaBox \[0 0 841\.89 595\.28\]/);
    const neighbour = world.as('neighbour', grant('village-officer', '211382104202'));
    const other = (await testSchool(world)).teacher;
    for (const stranger of [neighbour, other]) {
      expect(await refusal(call(stranger, getCertificate, { params }))).toMatchObject({ status: 404 });
      expect(await refusal(send(stranger, printCertificate, { params }))).toMatchObject({ status: 404 });
    }
    expect((await call(neighbour, listCertificates, {})).total).toBe(0);
    expect((await call(neighbour, listEnrolments, { params: { classId: group.id } })).rows).toEqual([]);
    await call(office, withdrawCertificate, { params, body: { reason: '姓名有误重发', version: 1 } });
    expect((await refusal(send(village, printCertificate, { params }))).code).toBe('CERTIFICATE_WITHDRAWN');
  });
});
