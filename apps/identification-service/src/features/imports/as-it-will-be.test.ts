import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { fullPath } from '@bangfu/contracts/core/operation';
import { getHousehold, listHouseholds, revealSensitive } from '@bangfu/contracts/identification/households';
import { answerSamePersons, commitImport, undoImport } from '@bangfu/contracts/identification/imports';
import { type Role, ROLES } from '@bangfu/domain/shared/roles';
import { openPool, type Pool } from '@bangfu/data/pool';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import { knownTo } from '@bangfu/platform/testing/watched-reads';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bring, bringFixture, bringRegions, problemsOf, settled } from '../../testing/rosters.ts';

let world: TestService;
let office: Connection;
let database: Pool;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  database = openPool(world.urls.app, 2);
  await bringRegions(office);
});
afterAll(async () => {
  await database.end();
  await world.stop();
});

async function household(number: string) {
  const { rows } = await call(office, listHouseholds, { query: { search: number } });
  const [row] = rows;
  return row ? call(office, getHousehold, { params: { householdId: row.id } }) : null;
}
const membersOf = async (number: string) =>
  (await household(number))?.members.map(({ id, name, relation }) => [id, name, relation]);
async function problems(importId: string) {
  const found = await problemsOf(office, importId);
  return found.map(({ row, column, value, code, severity }) => [row, column, value, code, severity]);
}
/** The reads of identification open to a role; the audit log says what was done, to whomever. */
const readsOf = (role: Role) =>
  ALL_OPERATIONS.filter(
    ({ owner, method, access, id, answers }) =>
      owner === 'identification' &&
      method === 'GET' &&
      answers !== 'live' &&
      !/audit/i.test(id) &&
      (access === 'signed-in' || (Array.isArray(access) && access.includes(role))),
  );
const undo = (importId: string) => call(office, undoImport, { params: { importId }, body: {} });

describe('given rows of one household that disagree', () => {
  it('then each thing said otherwise is reported at its row, and another village holds the household back', async () => {
    const { id, report } = await bringFixture(office, 'members-disagree.xlsx', 'false');
    expect(report?.households).toMatchObject({ create: 0, heldBack: 1 });
    expect(await problems(id)).toEqual([
      [3, '行政村', '房申村村民委员会', 'REGION_UNKNOWN', 'error'],
      [3, '脱贫属性', '已脱贫', 'HOUSEHOLD_DISAGREES', 'warning'],
      [3, '危房户', '是', 'HOUSEHOLD_DISAGREES', 'warning'],
      [3, '人均纯收入', '9,000.00', 'HOUSEHOLD_DISAGREES', 'warning'],
    ]);
  });

  it('then an empty cell says nothing, and the head’s row counts', async () => {
    const number = '21138210100021';
    const { report } = await bring(office, [
      { number, person: 101, name: '甲妻', relation: '配偶', income: '9000', later: { 住房面积: '' } },
      { number, person: 100, name: '甲夫', income: '2100.00', later: { 住房面积: '60' } },
      { number, person: 102, name: '甲子', relation: '之子', income: '', later: { 住房面积: '61' } },
    ]);
    expect(report).toMatchObject({
      households: { create: 1, heldBack: 0 },
      problemCounts: { HOUSEHOLD_DISAGREES: 2 },
    });
    expect(await household(number)).toMatchObject({ perCapitaIncomeFen: 210_000 });
  });
});

describe('given a household of the register and a file that brings part of it', () => {
  it('when the file has another head than the register, then it is held back before it has two', async () => {
    await bringFixture(office, 'second-head-before.xlsx');
    const before = await membersOf('2113829990090014');
    const after = await bringFixture(office, 'second-head-after.xlsx');
    expect(after.report?.households).toMatchObject({ change: 0, heldBack: 1 });
    expect(await problems(after.id)).toContainEqual([2, '与户主关系', '户主', 'HEAD_MULTIPLE', 'error']);
    expect(await membersOf('2113829990090014')).toEqual(before);
  });

  it('when both have changed places in the file, then the household has one head and comes in', async () => {
    const number = '21138210100022';
    await bring(office, [
      { number, person: 110, name: '乙夫' },
      { number, person: 111, name: '乙妻', relation: '配偶' },
    ]);
    const { report } = await bring(office, [
      { number, person: 111, name: '乙妻' },
      { number, person: 110, name: '乙夫', relation: '配偶' },
    ]);
    expect(report?.households).toMatchObject({ change: 1, heldBack: 0 });
  });

  it('when a member moves into a household that is held back, then he stays where he is, and both wait', async () => {
    const [from, to] = ['21138210100023', '21138210100024'];
    await bring(office, [
      { number: from, person: 120, name: '丙父' },
      { number: from, person: 121, name: '丙子', relation: '之子' },
      { number: to, person: 122, name: '丁' },
    ]);
    const { report } = await bring(office, [
      // He leads a household with an error of its own; the one he leaves would keep its head twice without him.
      { number: from, person: 123, name: '丙新' },
      { number: to, person: 120, name: '丙父', income: '很多' },
      { number: to, person: 122, name: '丁', relation: '其他' },
    ]);
    expect(report?.households).toMatchObject({ change: 0, heldBack: 2 });
    expect((await membersOf(from))?.map(([, name]) => name)).toEqual(['丙父', '丙子']);
  });
});

describe('given a file in which a known person has another ID number', () => {
  const number = '2113829990090008';

  it('when the clerk says he is the same, then he keeps his id and has the new number, until it is undone', async () => {
    await bringFixture(office, 'id-number-before.xlsx');
    const before = await membersOf(number);
    const tried = await bringFixture(office, 'id-number-after.xlsx', 'false');
    expect(tried.report?.households).toMatchObject({ change: 0, heldBack: 1 });
    const [offer, ...others] = await problemsOf(office, tried.id);
    expect(others).toEqual([]);
    expect(offer).toMatchObject({ row: 2, column: '证件号码', code: 'ID_CHANGED', severity: 'error' });
    expect(offer?.value).toMatch(/^\d{3}\*+\w{4} → \d{3}\*+\w{4}$/);

    const answers = [{ sheet: offer?.sheet ?? '', row: 2, same: true }];
    const answer = (version: number) =>
      call(office, answerSamePersons, { params: { importId: tried.id }, body: { version, answers } });
    await expect(answer(tried.version - 1)).rejects.toMatchObject({ problem: { status: 409 } });
    await answer(tried.version);
    const again = await settled(office, tried.id);
    expect(again).toMatchObject({
      state: 'checked',
      report: { households: { change: 1, heldBack: 0 }, persons: { create: 0, change: 1 }, problemCounts: {} },
    });
    const committed = await bringFixture(office, 'id-number-after.xlsx');
    expect(committed.report?.households.heldBack).toBe(1);
    await call(office, commitImport, { params: { importId: tried.id }, body: { version: again.version } });
    expect(await settled(office, tried.id)).toMatchObject({ state: 'committed' });
    expect(await membersOf(number)).toEqual(before);
    expect((await bringFixture(office, 'id-number-after.xlsx')).report?.households).toMatchObject({ unchanged: 1 });
    await undo(tried.id);
    expect((await bringFixture(office, 'id-number-before.xlsx', 'false')).report?.households).toMatchObject({
      unchanged: 1,
    });
  });

  it('when the clerk says he is another, then the household has both, and one number on two persons is named', async () => {
    const two = '21138210100025';
    const members = (person: number) => [
      { number: two, person: 130, name: '戊父', later: { 人编号: `${two}01` } },
      { number: two, person, name: '戊子', relation: '之子', later: { 人编号: `${two}02` } },
    ];
    await bring(office, members(131));
    const tried = await bring(office, members(132), 'false');
    expect(tried.report?.problemCounts).toEqual({ ID_CHANGED: 1 });
    const [offer] = await problemsOf(office, tried.id);
    const answers = [{ sheet: offer?.sheet ?? '', row: offer?.row ?? 0, same: false }];
    await call(office, answerSamePersons, {
      params: { importId: tried.id },
      body: { version: tried.version, answers },
    });
    expect((await settled(office, tried.id)).report).toMatchObject({
      households: { change: 1, heldBack: 0 },
      persons: { create: 1 },
      problemCounts: { PERSON_NUMBER_TWICE: 1 },
    });
    const unknown = [{ sheet: 'x', row: 9, same: true }];
    const { version } = await settled(office, tried.id);
    await expect(
      call(office, answerSamePersons, { params: { importId: tried.id }, body: { version, answers: unknown } }),
    ).rejects.toMatchObject({ problem: { code: 'IMPORT_SAME_UNKNOWN' } });
  });

  it('when two rows of the file share a person number, then both are named and come in', async () => {
    const number = '21138210100026';
    const { report } = await bring(office, [
      { number, person: 140, name: '己', later: { 人编号: '7001' } },
      { number, person: 141, name: '己子', relation: '之子', later: { 人编号: '7001' } },
    ]);
    expect(report).toMatchObject({ households: { create: 1 }, problemCounts: { PERSON_NUMBER_TWICE: 2 } });
  });
});

describe('given households that were withdrawn by an undo', () => {
  it('when they come back, then they and their members have the ids they had', async () => {
    const [one, two] = ['21138210100031', '21138210100032'];
    const persons = [
      { number: one, person: 150, name: '庚' },
      { number: one, person: 151, name: '庚妻', relation: '配偶' },
    ];
    const first = await bring(office, persons);
    const known = await membersOf(one);
    const householdId = (await household(one))?.id;
    await undo(first.id);
    expect(await household(one)).toBeNull();
    const second = await bring(office, [...persons, { number: two, person: 152, name: '辛' }]);
    expect((await household(one))?.id).toBe(householdId);
    expect(await membersOf(one)).toEqual(known);
    // It is undone again, and the wife comes back in another household as the same person.
    await undo(second.id);
    await bring(office, [
      { number: two, person: 152, name: '辛' },
      { number: two, person: 151, name: '庚妻', relation: '配偶' },
    ]);
    expect((await membersOf(two))?.[1]?.[0]).toBe(known?.[1]?.[0]);
    const { rows } = await database.query('SELECT number FROM withdrawn_household');
    expect(rows).toEqual([{ number: one }]);
  });

  it('then no read of the service, asked by any role, says anything of them', async () => {
    const number = '21138210100091';
    const [head, wife] = ['麴离去', '麴随行'];
    const { id: importId } = await bring(office, [
      { number, person: 180, name: head, status: '未脱贫' },
      { number, person: 181, name: wife, relation: '配偶' },
    ]);
    const householdId = (await household(number))?.id ?? '';
    const params: Record<string, string> = { householdId, householdNumber: number, importId, search: head };
    const saying = async () => {
      const found = new Set<string>();
      for (const role of ROLES) {
        const connection = world.as(`any-${role}`, grant(role));
        for (const op of readsOf(role)) {
          const path = fullPath(op).replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
          if (path.includes('{')) continue;
          const query = new URLSearchParams(knownTo(op, params)).toString();
          const answer = await (connection.fetch ?? fetch)(`${connection.baseUrl}${path}${query && `?${query}`}`);
          const text = await answer.text();
          const names = [head, wife, ...(answer.ok ? [number, householdId] : [])];
          if (names.some((name) => text.includes(name))) found.add(op.id);
        }
      }
      return [...found];
    };
    expect(await saying()).toEqual(expect.arrayContaining(['listHouseholds', 'getHousehold']));
    await undo(importId);
    expect(await saying()).toEqual([]);
  });

  it('when the members an import added are withdrawn by its undo, then they too come back as themselves', async () => {
    const number = '21138210100033';
    const head = { number, person: 160, name: '壬' };
    const son = { number, person: 161, name: '壬子', relation: '之子' };
    await bring(office, [head]);
    const added = await bring(office, [head, son]);
    const known = await membersOf(number);
    await undo(added.id);
    expect(await membersOf(number)).toHaveLength(1);
    await bring(office, [head, son]);
    expect(await membersOf(number)).toEqual(known);
  });
});

describe('given a township officer’s file with persons of other townships', () => {
  it('then nothing of them is said, they are counted by account and in the audit log, and there is an end to it', async () => {
    const far = { township: '宋杖子镇', village: '二十里堡村' };
    await bring(office, [{ number: '21138210200041', person: 170, name: '癸', ...far }]);
    const officer = world.as('officer', grant('township-officer', '211382101000'));
    const number = '21138210100041';
    const { id, report } = await bring(officer, [
      { number, person: 171, name: '子' },
      { number, person: 170, name: '癸', relation: '其他' },
    ]);
    expect(report?.problemCounts).toEqual({ PERSON_ELSEWHERE: 1 });
    const [found] = await problemsOf(officer, id);
    expect(found).toMatchObject({ value: '', column: '证件号码' });
    expect(JSON.stringify(found)).not.toMatch(/宋杖子|二十里堡|癸|21138210200041/);
    const counted = await database.query('SELECT account_id, persons FROM outside_finding');
    expect(counted.rows).toEqual([{ account_id: 'test-officer', persons: 1 }]);
    const audited = await database.query(
      `SELECT change FROM platform.audit_entry WHERE action = 'identification.roster.found-outside'`,
    );
    expect(audited.rows).toEqual([{ change: { persons: 1 } }]);
    await database.query('UPDATE outside_finding SET persons = 200');
    await expect(bring(officer, [{ number, person: 171, name: '子' }])).rejects.toMatchObject({
      problem: { code: 'IMPORT_OUTSIDE_OFTEN' },
    });
  });
});

describe('given persons the register knows', () => {
  it('when telephones change, they return after an undo and move, then each value is sealed for its person', async () => {
    const [number, other] = ['21138210100051', '21138210100052'];
    const row = (phone: string, at = number) => ({ number: at, person: 180, name: '寅', later: { 联系电话: phone } });
    const shown = async () => {
      const { rows } = await call(office, listHouseholds, { query: { search: '寅' } });
      const { members } = await call(office, getHousehold, { params: { householdId: rows[0]?.id ?? '' } });
      const personId = members.find(({ name }) => name === '寅')?.id ?? '';
      const opened = await call(office, revealSensitive, { params: { personId }, body: { reason: '核对电话号码' } });
      return { personId, ...opened };
    };
    const first = await bring(office, [row('13800000001')]);
    const before = await shown();
    expect(before.phone).toBe('13800000001');
    await undo(first.id);
    await bring(office, [row('13800000002')]);
    expect(await shown()).toEqual({ ...before, phone: '13800000002' });
    await bring(office, [row('13800000003')]);
    expect(await shown()).toEqual({ ...before, phone: '13800000003' });
    const partner = { number, person: 181, name: '卯' };
    await bring(office, [row('13800000004', other), partner]);
    expect(await shown()).toEqual({ ...before, phone: '13800000004' });
    // Everything the other tests left behind, corrected numbers and earlier files among it.
    const { broken } = await call(world.as('auditor', grant('auditor')), everyService('identification').verifyAudit);
    expect(broken).toEqual([]);
  });
});
