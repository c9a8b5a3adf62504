import { readFileSync } from 'node:fs';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import { type ImportProblem, type RosterImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import { openPool, type Pool } from '@bangfu/data/pool';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bringRegions, problemsOf, settled } from '../../testing/rosters.ts';

const FILES = new URL('../../../../../packages/testkit/fixtures/office-files/', import.meta.url);

let world: TestService;
let office: Connection;
let pool: Pool;
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  pool = openPool(world.urls.app, 1);
  await bringRegions(office);
});
afterAll(async () => {
  await pool.end();
  await world.stop();
});

interface Brought {
  readonly roster: RosterImport;
  readonly problems: readonly ImportProblem[];
  /** Code, row and column of each problem. */
  readonly told: readonly string[];
}

async function bringFile(name: string, commit: 'true' | 'false' = 'false'): Promise<Brought> {
  const body = new Blob([readFileSync(new URL(name, FILES))]);
  const { id } = await call(office, uploadRoster, { query: { name, commit }, body });
  const roster = await settled(office, id);
  const problems = roster.report ? await problemsOf(office, id) : [];
  return { roster, problems, told: problems.map(({ code, row, column }) => `${code} ${row} ${column}`).sort() };
}

async function phoneIndexOf(number: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ phone: string }>(
    `SELECT encode(p.phone_index, 'hex') AS phone FROM person p JOIN household h ON h.id = p.household_id WHERE h.number = $1`,
    [number],
  );
  return rows[0]?.phone;
}

async function incomeOf(number: string): Promise<number | null | undefined> {
  const { rows } = await pool.query<{ income: number | null }>(
    'SELECT per_capita_income_fen::float8 AS income FROM household WHERE number = $1',
    [number],
  );
  return rows[0]?.income;
}

describe('given a roster as offices send it', () => {
  it.each(['quote-left-open.csv', 'quote-left-open-at-row-end.csv'])(
    'when %s ends in a quote, then it is refused',
    async (name) => {
      const { roster } = await bringFile(name);
      expect(roster).toMatchObject({ state: 'failed', report: null });
    },
  );

  it.each([
    ['household-number-as-number.xlsx', 3],
    ['household-number-one-lost.csv', 2],
    ['household-number-three-lost.csv', 3],
  ])('when the household numbers of %s lost digits, then every row is held back', async (name, rows) => {
    const { roster, problems } = await bringFile(name);
    const lost = problems.filter(({ code, column }) => code === 'ID_SCIENTIFIC' && column === '户编号');
    expect(lost.map(({ row }) => row)).toEqual(Array.from({ length: rows }, (_, i) => i + 2));
    expect(roster.report).toMatchObject({ households: { create: 0 }, persons: { create: 0, heldBack: rows } });
  });

  it('when cells are errors, then each is reported and nothing of theirs is registered', async () => {
    const { roster, told } = await bringFile('error-cells.xlsx');
    expect(told).toEqual([
      'CELL_ERROR 2 姓名',
      'CELL_ERROR 3 联系电话',
      'CELL_ERROR 3 自然村',
      'CELL_ERROR 4 人编号',
      'CELL_ERROR 4 户编号',
      'CELL_ERROR 5 人均纯收入',
    ]);
    expect(roster.report?.persons).toMatchObject({ create: 0, heldBack: 4 });
  });

  it('when formulas were never computed, then they are reported and what is known stays', async () => {
    expect((await bringFile('formula-without-value.xlsx')).told).toEqual([
      'CELL_ERROR 2 人均纯收入',
      'CELL_ERROR 3 人均纯收入',
      'CELL_ERROR 4 姓名',
    ]);
    const before = await bringFile('income-before.xlsx', 'true');
    expect(before.roster).toMatchObject({ state: 'committed', report: { households: { create: 1 } } });
    const { rows } = await pool.query<{ number: string; income: number }>(
      'SELECT number, per_capita_income_fen::float8 AS income FROM household ORDER BY changed_at DESC LIMIT 1',
    );
    const after = await bringFile('income-not-computed.xlsx', 'true');
    expect(after.told).toEqual(['CELL_ERROR 2 人均纯收入']);
    expect(await incomeOf(rows[0]?.number ?? '')).toBe(rows[0]?.income);
    expect(rows[0]?.income).toBeGreaterThan(0);
  });

  it('when signs are in it that nobody sees, then it is read as if they were not', async () => {
    const { roster, told } = await bringFile('invisible-roster.xlsx');
    expect(told).toEqual([]);
    expect(roster.report).toMatchObject({ households: { create: 5, heldBack: 0 } });
    for (const name of ['invisible-plain.xlsx', 'invisible-marked.xlsx']) {
      const again = await bringFile(name, 'true');
      expect(again.roster.report?.households).toMatchObject(
        name === 'invisible-plain.xlsx' ? { create: 1 } : { create: 0, change: 0, unchanged: 1 },
      );
    }
    // The same head under another ID number, in a household number with the marks in it: known as the same household.
    expect((await bringFile('invisible-other-head.xlsx')).told).toEqual(['ID_CHANGED 2 证件号码']);
  });

  it('when a sheet is hidden, then it is not read, and that is said', async () => {
    const { roster, told, problems } = await bringFile('hidden-copy.xlsx');
    expect(told).toEqual(['SHEET_UNREAD 0 ']);
    expect(problems[0]).toMatchObject({ value: '备份', severity: 'warning', household: null });
    expect(problems[0]?.message).toContain('隐藏');
    expect(roster.report).toMatchObject({ households: { create: 2, heldBack: 0 } });
  });

  it('when a sheet’s header is not understood, then the sheet and what it lacks are named', async () => {
    const { roster, problems } = await bringFile('one-sheet-not-understood.xlsx');
    expect(problems).toMatchObject([{ code: 'SHEET_UNREAD', value: '第三村', column: '证件号码' }]);
    expect(roster.report?.sheets.map(({ name }) => name)).toEqual(['东五官村', '房申村']);
  });

  it.each([
    ['monitoring-days.xlsx', '2019'],
    ['monitoring-days-2024.xlsx', '2024'],
  ])('when days are written in every way (%s), then each is the right one or reported', async (name, year) => {
    const { told } = await bringFile(name, 'true');
    expect(told).toEqual([
      'DATE_INVALID 14 识别监测时间',
      'DATE_INVALID 15 识别监测时间',
      'DATE_INVALID 7 识别监测时间',
      'DATE_INVALID 8 识别监测时间',
    ]);
    const { rows } = await pool.query<{ since: string | null }>(
      `SELECT monitored_since AS since FROM household WHERE number LIKE '211382999003%' ORDER BY number`,
    );
    const day = `${year}-03-01`;
    const known = [day, day, day, day, day, null, null, day, `${year}-10-01`, day, day, day, null, null];
    expect(rows.map(({ since }) => since)).toEqual(known);
  });

  it('when names are hard, then all are found as they are written, and those that cannot be right are reported', async () => {
    const { told } = await bringFile('hard-names.xlsx', 'true');
    expect(told).toEqual(['NAME_UNREADABLE 10 姓名', 'NAME_UNREADABLE 7 姓名', 'NAME_UNREADABLE 8 姓名']);
    const found = async (search: string) =>
      (await call(office, listHouseholds, { query: { search, limit: 100 } })).rows.map(({ headName }) => headName);
    for (const [search, name] of [
      ['张　三', '张 三'],
      ['张三', '张 三'],
      ['龚䶮', '龚䶮'],
      ['𠅤𠮷', '𠅤𠮷明'],
      ['阿依•古丽', '阿依·古丽'],
      ['阿依．古丽', '阿依·古丽'],
      ['卡·尔', '卡·尔'],
      ['李四', '李四'],
      ['高玉立', '高⽟⽴'],
      ['高⽟⽴', '高⽟⽴'],
      ['张?', '张?'],
      ['zs', '张 三'],
      ['ls', '李四'],
      ['东五官', '龚䶮'],
    ]) {
      expect(await found(search ?? ''), search).toContain(name);
    }
  });

  it('when the platform’s own masked export comes back, then stars are never written', async () => {
    await bringFile('masked-before.xlsx', 'true');
    const number = '2113829990120001';
    const phone = await phoneIndexOf(number);
    expect(phone).toBeDefined();
    const { roster, told } = await bringFile('masked-after.xlsx', 'true');
    expect(told).toEqual(['MASKED_VALUE 2 联系电话']);
    expect(roster.report).toMatchObject({ households: { change: 1, heldBack: 0 } });
    expect(await phoneIndexOf(number)).toBe(phone);
    const untouched = await bringFile('masked-export.xlsx');
    expect(
      untouched.problems.filter(({ code, column }) => code === 'MASKED_VALUE' && column === '证件号码'),
    ).toHaveLength(untouched.roster.report?.persons.heldBack ?? 0);
    expect(untouched.roster.report?.persons).toMatchObject({ create: 0, change: 0 });
  });
});
