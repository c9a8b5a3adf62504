import { call, type Connection } from '@bangfu/contracts/core/client';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import { undoImport } from '@bangfu/contracts/identification/imports';
import { openPool } from '@bangfu/data/pool';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bring, bringRegions, problemsOf } from '../../testing/rosters.ts';

const MINE = '211382101000';
const THEIRS = { township: '宋杖子镇', village: '二十里堡村' };
const A = '21138210100001';
const B = '21138210200001';
const C = '21138210200002';

let world: TestService;
let office: Connection;
let officer: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  officer = world.as('officer', grant('township-officer', MINE));
  await bringRegions(office);
  await bring(office, [
    { number: A, person: 1, name: '甲一' },
    { number: B, person: 3, name: '乙二', ...THEIRS },
    { number: B, person: 5, name: '乙子', relation: '之子', ...THEIRS },
    { number: C, person: 7, name: '丙三', ...THEIRS },
  ]);
});
afterAll(() => world.stop());

const register = async () => {
  const { rows } = await call(office, listHouseholds, {});
  return Object.fromEntries(rows.map((row) => [row.number, [row.headName, row.villageName, row.memberCount]]));
};

describe('given a township officer who brings a roster of more than his township', () => {
  it('when it is committed, then his own households are written and the others are held back, each row with its reason', async () => {
    const before = await register();
    const committed = await bring(officer, [
      { number: A, person: 1, name: '甲一', income: '2500.00' },
      // A village of another township; a household of one; a person taken out of one.
      { number: '21138210200009', person: 9, name: '丁四', ...THEIRS },
      { number: C, person: 7, name: '丙三' },
      { number: B, person: 3, name: '乙二', ...THEIRS },
      { number: '21138210100002', person: 11, name: '戊五' },
      { number: '21138210100002', person: 5, name: '乙子', relation: '之子' },
    ]);
    expect(committed).toMatchObject({
      state: 'committed',
      report: {
        households: { create: 0, change: 1, unchanged: 0, heldBack: 4 },
        persons: { create: 0, change: 0, move: 0, unchanged: 1, heldBack: 5 },
        problemCounts: { OUTSIDE_SCOPE: 3, PERSON_ELSEWHERE: 1 },
      },
    });
    const told = await problemsOf(officer, committed.id);
    expect(told.map(({ row, column, household, severity }) => [row, column, household, severity])).toEqual([
      [3, '行政村', '21138210200009', 'error'],
      [4, '户编号', C, 'error'],
      [5, '行政村', B, 'error'],
      [7, '证件号码', '21138210100002', 'error'],
    ]);
    expect(told[0]?.message).toContain('不在您的管辖范围内');
    expect(told[3]).toMatchObject({ value: '', message: expect.stringMatching(/^此人须由县级核实/) });
    expect(await register()).toEqual(before);
    await call(officer, undoImport, { params: { importId: committed.id }, body: {} });
  });

  it('when what he brought stands in another township since, then another officer does not see it and he cannot undo it', async () => {
    const number = '21138210100003';
    const { id } = await bring(officer, [{ number, person: 21, name: '己六' }]);
    const undo = (connection: Connection) => call(connection, undoImport, { params: { importId: id }, body: {} });
    await expect(undo(world.as('colleague', grant('township-officer', MINE)))).rejects.toMatchObject({
      problem: { status: 404 },
    });
    const database = openPool(world.urls.app, 1);
    await database.query(
      `UPDATE household SET (village_id, village_code) = (SELECT id, code FROM region WHERE code = '211382102201')
       WHERE number = $1`,
      [number],
    );
    await database.end();
    await expect(undo(officer)).rejects.toMatchObject({
      problem: { code: 'IMPORT_UNDO_OUTSIDE', detail: expect.stringContaining('1 户') },
    });
    expect(await undo(office)).toEqual({ undone: true });
  });
});
