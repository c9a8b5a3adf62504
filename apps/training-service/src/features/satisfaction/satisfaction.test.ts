import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { getClass } from '@bangfu/contracts/training/classes';
import { listEnrolments, recordResults } from '@bangfu/contracts/training/enrolments';
import { listMyTraining, printSlips, rateByCode, rateMyTraining } from '@bangfu/contracts/training/satisfaction';
import type { ServiceKit } from '@bangfu/platform/service';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildTraining } from '../../app.ts';
import { household, member, newTestId, register, type TestHousehold } from '../../testing/register.ts';
import { AFTER, BEFORE, refusal, type TestSchool, testSchool } from '../../testing/school.ts';
import { SLIP_CODE } from '../../db/sealed.ts';

let world: TestService;
let kit: ServiceKit;
let school: TestSchool;
let group: Awaited<ReturnType<TestSchool['openClass']>>;
let homes: TestHousehold[];
let learners: Map<string, string>;
let client: pg.Client;

const NAMES = ['学员甲', '学员乙', '学员丙', '学员丁', '学员戊'];
const account = (at: number): Connection =>
  world.as(`household-${at}`, { role: 'household', scope: { kind: 'household', id: homes[at]?.householdId ?? '' } });
const idOf = (at: number) => learners.get(NAMES[at] ?? '') ?? '';
const rate = (as: Connection, at: number, score: number) =>
  call(as, rateMyTraining, { params: { enrolmentId: idOf(at) }, body: { score } });
const byCode = (code: string, score: number) => call(world.anonymous, rateByCode, { body: { code, score } });
const slips = (as: Connection) => send(as, printSlips, { params: { classId: group.id } });
const figure = async () => (await call(school.office, getClass, { params: { classId: group.id } })).satisfaction;

/** The code of a slip, as its paper shows it. */
async function codeOf(at: number): Promise<string> {
  const { rows } = await client.query<{ sealed: Buffer }>(
    'SELECT code_sealed AS sealed FROM satisfaction_slip WHERE enrolment_id = $1',
    [idOf(at)],
  );
  return kit.cipher.open(SLIP_CODE, idOf(at), rows[0]?.sealed ?? Buffer.alloc(0));
}

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', (given) => {
    kit = given;
    return buildTraining(given);
  });
  client = new pg.Client({ connectionString: world.urls.app });
  await client.connect();
  world.setNow(BEFORE);
  school = await testSchool(world);
  homes = NAMES.map((name, at) => household(`2113820090${at}`, [member(name)]));
  await register(world, homes);
  group = await school.openClass();
  for (const home of homes) await school.enrol(group.id, home);
  const { rows } = await call(school.office, listEnrolments, { params: { classId: group.id } });
  learners = new Map(rows.map(({ personName, id }) => [personName, id]));
  world.setNow(AFTER);
  await school.attend(group.id, group.sessionList, { 学员甲: 5, 学员乙: 5, 学员丙: 1, 学员丁: 4 });
});
afterAll(async () => {
  await client.end();
  await world.stop();
});

describe('how satisfied participants are', () => {
  it('given who keeps the class, when they enter it with the results, then it is refused at the field', async () => {
    const results = [{ enrolmentId: idOf(0), mark: 80, satisfaction: 5, version: 1 }];
    const body = { results };
    for (const keeper of [school.teacher, school.office]) {
      const told = call(keeper, recordResults, { params: { classId: group.id }, body });
      expect(await refusal(told)).toMatchObject({ status: 400 });
      expect(await refusal(rate(keeper, 0, 5))).toMatchObject({ status: 403 });
      expect(await refusal(slips(keeper))).toMatchObject({ status: 403 });
    }
  });

  it('given the household’s own account, when it answers, then once, for its own member who came', async () => {
    const offered = await call(account(0), listMyTraining, {});
    expect(offered.rows).toMatchObject([{ personName: '学员甲', score: null, steps: [{ step: 'rate', open: true }] }]);
    expect(await refusal(rate(account(1), 0, 1))).toMatchObject({ status: 404 });
    for (const score of [0, 6]) expect(await refusal(rate(account(0), 0, score))).toMatchObject({ status: 400 });
    expect(await rate(account(0), 0, 4)).toMatchObject({ score: 4 });
    expect((await refusal(rate(account(0), 0, 5))).code).toBe('RATING_GIVEN');
    expect((await refusal(rate(account(4), 4, 5))).code).toBe('RATING_NOT_ATTENDED');
    const closed = await call(account(4), listMyTraining, {});
    expect(closed.rows[0]?.steps[0]).toMatchObject({ open: false, reason: { code: 'RATING_NOT_ATTENDED' } });
  });

  it('given two answers at once, then one is kept', async () => {
    const answers = await Promise.allSettled([rate(account(1), 1, 2), rate(account(1), 1, 5)]);
    const [lost] = answers.filter((answer) => answer.status === 'rejected');
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await refusal(Promise.reject(lost?.reason))).code).toBe('RATING_GIVEN');
  });

  it('given slips, when an officer of the village prints them, then a code is taken in any writing, once', async () => {
    const printed = await slips(school.village);
    expect(printed.headers.get('content-type')).toBe('application/pdf');
    const code = await codeOf(2);
    await slips(school.village);
    expect(await codeOf(2)).toBe(code);
    const wide = code
      .replaceAll('-', '')
      .toLowerCase()
      .replace(/./g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    expect(await byCode(`  ${wide} `, 3)).toEqual({ className: group.name, courseName: school.course.name });
    expect((await refusal(byCode(code, 5))).code).toBe('RATING_GIVEN');
    for (const wrong of ['ABCD-EFGH-JKMN', '1', '评价码', `${code}2`]) {
      expect((await refusal(byCode(wrong, 5))).code).toBe('RATING_CODE_UNKNOWN');
    }
    const { rows } = await client.query<{ text: string }>(
      "SELECT string_agg(a::text, '') AS text FROM platform.audit_entry a",
    );
    expect(rows[0]?.text).not.toContain(code);
    expect(rows[0]?.text).toContain('training.satisfaction.given');
  });

  it('given an officer who keeps the class as well, or has none of its learners, then they print no slips', async () => {
    const provider = { role: 'training-provider', scope: { kind: 'provider', id: school.provider.id } } as const;
    const both = world.as('both', provider, grant('village-officer', '211382104201'));
    expect((await refusal(slips(both))).code).toBe('SLIP_OF_KEEPER');
    const elsewhere = world.as('elsewhere', grant('village-officer', '211382104202'));
    expect((await refusal(slips(elsewhere))).code).toBe('SLIP_NO_LEARNERS');
    const household = { role: 'household', scope: { kind: 'household', id: homes[3]?.householdId ?? '' } } as const;
    expect((await refusal(rate(world.as('own', provider, household), 3, 5))).code).toBe('RATING_OF_KEEPER');
  });

  it('given what the provider told before, then it is kept, named as such and not counted', async () => {
    await client.query('UPDATE enrolment SET satisfaction = 5 WHERE id = ANY ($1::uuid[])', [[idOf(3), idOf(4)]]);
    const { rows } = await client.query<{ sum: number }>('SELECT sum(score)::int AS sum FROM satisfaction_answer');
    const sum = rows[0]?.sum ?? 0;
    expect(await figure()).toEqual({ answers: 3, meanHundredths: Math.round((sum * 100) / 3), toldByProvider: 2 });
    const list = await call(school.teacher, listEnrolments, { params: { classId: group.id } });
    const told = Object.fromEntries(list.rows.map((row) => [row.personName, [row.rated, row.toldSatisfaction]]));
    expect(told).toEqual({
      学员甲: [true, null],
      学员乙: [true, null],
      学员丙: [true, null],
      学员丁: [false, 5],
      学员戊: [false, 5],
    });
    expect(Object.keys(list.rows[0] ?? {})).not.toContain('score');
  });

  it('given an answer, then nobody changes it in the database either', async () => {
    await expect(client.query('UPDATE satisfaction_answer SET score = 5')).rejects.toThrow('permission denied');
    expect(await refusal(rate(account(0), 0, 5))).toMatchObject({ status: 422 });
    expect(
      await refusal(call(account(0), rateMyTraining, { params: { enrolmentId: newTestId() }, body: { score: 5 } })),
    ).toMatchObject({ status: 404 });
  });
});
