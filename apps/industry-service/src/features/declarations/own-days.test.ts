import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import {
  changeContract,
  draftContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  listContractHouseholds,
  putContractHousehold,
  type ShareContract,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import {
  declareDividend,
  listDividendLines,
  listDividendYears,
  redraftDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import type { Entity } from '@bangfu/contracts/industry/entities';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import { entityWithAccount, file, known, knowHouseholds, people, refusal, VILLAGE } from '../../testing/scene.ts';

const HOUSEHOLDS = Array.from({ length: 6 }, (_, n) => known(n + 1));

let world: TestService;
let who: ReturnType<typeof people>;
let entity: Entity;
let cooperative: Connection;
let contracts = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, HOUSEHOLDS);
  world.setNow(new Date('2027-01-10T02:00:00Z'));
  const registered = await entityWithAccount(world, who.office, '花菇合作社', [VILLAGE]);
  entity = registered.entity;
  cooperative = registered.account;
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

interface Row {
  readonly n: number;
  readonly yuan: string;
  readonly joins?: string;
  readonly leaves?: string;
}

const sheetOf = (rows: readonly Row[]) => {
  const lines = rows.map(({ n, yuan, joins = '', leaves = '' }) => {
    const { number, head } = HOUSEHOLDS[n] ?? known(1);
    return `${number},${head},${yuan},凌源农商行,6217000000000${100 + n},${joins},${leaves}`;
  });
  return file(`户编号,姓名,入股金额(元),开户行,账号,入股日期,退出日期\n${lines.join('\n')}\n`);
};

const draft = (terms: Partial<Parameters<typeof bodyOf>[0]> = {}) =>
  call(cooperative, draftContract, { body: bodyOf(terms) });
const bodyOf = (terms: {
  from?: string;
  to?: string;
  guaranteedBp?: number;
  dividendYear?: 'calendar' | 'contract';
}) => {
  contracts += 1;
  const { from = '2025-01-01', to = '2025-12-31', guaranteedBp = 800, dividendYear = 'calendar' as const } = terms;
  return { entityId: entity.id, number: `HT-${contracts}`, from, to, guaranteedBp, profitShareBp: 0, dividendYear };
};
const bring = (contract: ShareContract, rows: readonly Row[]) =>
  callJob(cooperative, importContractHouseholds, ContractHouseholdsOutcome, {
    params: { contractId: contract.id },
    query: { name: '名单.csv' },
    body: sheetOf(rows),
  });
async function signed(rows: readonly Row[], terms: Parameters<typeof draft>[0] = {}): Promise<ShareContract> {
  const made = await draft(terms);
  const brought = await bring(made, rows);
  expect(brought.problems).toEqual([]);
  const body = { version: brought.contract.version, signedOn: made.from };
  return call(who.officer, signContract, { params: { contractId: made.id }, body });
}
const linesOf = async (declarationId: string) =>
  (await call(cooperative, listDividendLines, { params: { declarationId }, query: {} })).rows;

describe('given a contract of 10 000 yuan at 8 % over a year', () => {
  it('when the entity declares with days of its own, then the field does not exist and the guarantee is whole', async () => {
    const contract = await signed([{ n: 0, yuan: '10000' }]);
    const body = { contractId: contract.id, year: 2025, distributableFen: 0 };
    const shortened: object = { ...body, days: 1 };
    expect(await refusal(call(cooperative, declareDividend, { body: shortened as typeof body }))).toBe(
      '400 INPUT_UNKNOWN',
    );
    const declared = await call(cooperative, declareDividend, { body });
    expect(declared).toMatchObject({ totalFen: 80_000, from: '2025-01-01', to: '2025-12-31', days: 365 });
    const redraft: object = { version: declared.version, distributableFen: 0, days: 1 };
    const params = { declarationId: declared.id };
    expect(
      await refusal(
        call(cooperative, redraftDeclaration, {
          params,
          body: redraft as { version: number; distributableFen: number },
        }),
      ),
    ).toBe('400 INPUT_UNKNOWN');
  });

  it('when a draft from before counts one day, then it is computed anew before it is submitted', async () => {
    const contract = await signed([{ n: 0, yuan: '10000' }]);
    const body = { contractId: contract.id, year: 2025, distributableFen: 0 };
    const declared = await call(cooperative, declareDividend, { body });
    const params = { declarationId: declared.id };
    await who.pool.query('UPDATE declaration SET days = 1, base_fen = 219, total_fen = 219 WHERE id = $1', [
      declared.id,
    ]);
    const submit = (version: number) => call(cooperative, submitDeclaration, { params, body: { version } });
    expect(await refusal(submit(declared.version))).toBe('422 DECLARATION_OUTDATED');
    const fresh = await call(cooperative, redraftDeclaration, {
      params,
      body: { version: declared.version, distributableFen: 0 },
    });
    expect(fresh).toMatchObject({ totalFen: 80_000, days: 365 });
    expect((await submit(fresh.version)).status).toBe('submitted');
  });

  it('when households join and leave on their own days, then each is guaranteed its own days, and who was not there has no line', async () => {
    const contract = await signed(
      [
        { n: 0, yuan: '10000' },
        { n: 1, yuan: '10000', joins: '2025-07-01' },
        { n: 2, yuan: '10000', leaves: '2025年3月31日' },
        { n: 3, yuan: '10000', joins: '2025/2/1', leaves: '2025/2/28' },
        { n: 4, yuan: '10000', joins: '2026-01-01' },
      ],
      { to: '2026-12-31' },
    );
    const list = await call(cooperative, listContractHouseholds, { params: { contractId: contract.id }, query: {} });
    expect(list.rows.map(({ from, to }) => [from, to])).toEqual([
      ['2025-01-01', '2026-12-31'],
      ['2025-07-01', '2026-12-31'],
      ['2025-01-01', '2025-03-31'],
      ['2025-02-01', '2025-02-28'],
      ['2026-01-01', '2026-12-31'],
    ]);
    const declared = await call(cooperative, declareDividend, {
      body: { contractId: contract.id, year: 2025, distributableFen: 0 },
    });
    // 800 yuan × 365, 184, 90 and 28 of 365 days.
    expect((await linesOf(declared.id)).map(({ amountFen }) => amountFen)).toEqual([80_000, 40_329, 19_726, 6137]);
    expect(declared).toMatchObject({ lines: 4, totalFen: 146_192 });
  });

  it('when days are entered outside the contract, then the row is named; by hand it is refused too', async () => {
    const contract = await draft();
    const brought = await bring(contract, [
      { n: 0, yuan: '1000', joins: '2024-12-31' },
      { n: 1, yuan: '1000', leaves: '2026-01-01' },
      { n: 2, yuan: '1000', joins: '2025-05-02', leaves: '2025-05-01' },
      { n: 3, yuan: '1000', joins: '明年' },
    ]);
    expect(brought.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, '入股日期', 'HOUSEHOLD_DAYS_OUTSIDE'],
      [3, '退出日期', 'HOUSEHOLD_DAYS_OUTSIDE'],
      [4, '退出日期', 'HOUSEHOLD_DAYS_REVERSED'],
      [5, '入股日期', 'LIST_DAY_INVALID'],
    ]);
    const given = {
      householdNumber: known(1).number,
      stakeFen: 100_000,
      bankName: '农商行',
      account: '62170000000009',
    };
    const put = (days: { from?: string; to?: string }) =>
      call(cooperative, putContractHousehold, { params: { contractId: contract.id }, body: { ...given, ...days } });
    expect(await refusal(put({ from: '2024-12-31' }))).toBe('422 HOUSEHOLD_DAYS_OUTSIDE');
    expect(await put({ to: '2025-06-30' })).toMatchObject({ from: '2025-01-01', to: '2025-06-30' });
    // The list does not fall out of a period that is changed afterwards; whose days follow the contract follow it.
    const params = { contractId: contract.id };
    const change = { version: 2, to: '2025-05-31' };
    expect(await refusal(call(cooperative, changeContract, { params, body: change }))).toBe('422 LISTED_DAYS_OUTSIDE');
    await put({});
    await call(cooperative, changeContract, { params, body: { version: 3, to: '2025-05-31' } });
    const list = await call(cooperative, listContractHouseholds, { params, query: {} });
    expect(list.rows[0]).toMatchObject({ from: '2025-01-01', to: '2025-05-31' });
  });
});

describe('given a contract whose dividend years run from September to August', () => {
  it('when they are declared, then each is declared once, after it has ended, and its days are those of twelve months', async () => {
    const contract = await signed([{ n: 0, yuan: '10000' }], {
      from: '2023-09-01',
      to: '2027-08-31',
      dividendYear: 'contract',
    });
    const params = { contractId: contract.id };
    const { rows } = await call(cooperative, listDividendYears, { params });
    expect(rows.map(({ year, from, to, open }) => [year, from, to, open])).toEqual([
      [2024, '2023-09-01', '2024-08-31', true],
      [2025, '2024-09-01', '2025-08-31', true],
      [2026, '2025-09-01', '2026-08-31', true],
      [2027, '2026-09-01', '2027-08-31', false],
    ]);
    for (const { year, from, to, open } of rows) {
      const declare = () =>
        call(cooperative, declareDividend, { body: { contractId: contract.id, year, from, distributableFen: 0 } });
      if (open) expect(await declare()).toMatchObject({ year, from, to, totalFen: 80_000 });
      expect(await refusal(declare())).toBe(open ? '422 DECLARATION_KNOWN' : '422 DECLARATION_TOO_EARLY');
    }
  });
});

describe('given random contracts', () => {
  it('when every dividend year is declared, then every line is what a recount by fractions comes to', async () => {
    let seed = 20_270_110;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const dayAt = (count: number) => new Date(Date.UTC(2023, 0, 1) + count * 86_400_000).toISOString().slice(0, 10);
    const days = (from: string, to: string) =>
      Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1);
    for (let round = 0; round < 6; round++) {
      const start = random(400);
      const end = start + 200 + random(700);
      const rows = HOUSEHOLDS.map((_, n) => {
        const joins = start + random(end - start);
        const leaves = joins + random(end - joins);
        return { n, yuan: `${1 + random(90_000)}.${10 + random(90)}`, joins: dayAt(joins), leaves: dayAt(leaves) };
      });
      const rate = 600 + random(900);
      const dividendYear = round % 2 === 0 ? 'calendar' : 'contract';
      const terms = { from: dayAt(start), to: dayAt(end), guaranteedBp: rate, dividendYear } as const;
      const contract = await signed(rows, terms);
      const { rows: periods } = await call(cooperative, listDividendYears, { params: { contractId: contract.id } });
      for (const { year, from, to, open } of periods) {
        const there = rows.map((row) => ({
          number: HOUSEHOLDS[row.n]?.number,
          stake: BigInt(row.yuan.replace('.', '')),
          days: days(row.joins > from ? row.joins : from, row.leaves < to ? row.leaves : to),
        }));
        const present = there.filter((each) => each.days > 0);
        if (!open || present.length === 0) continue;
        const declared = await call(cooperative, declareDividend, {
          body: { contractId: contract.id, year, from, distributableFen: 0 },
        });
        const begin = dividendYear === 'calendar' ? `${year}-01-01` : from;
        const next = new Date(begin);
        next.setUTCFullYear(next.getUTCFullYear() + 1);
        const scale = 10_000n * BigInt(days(begin, next.toISOString().slice(0, 10)) - 1);
        const parts = present.map((each) => each.stake * BigInt(rate) * BigInt(each.days));
        const sum = parts.reduce((all, part) => all + part, 0n);
        const lines = await linesOf(declared.id);
        expect(lines.map(({ householdNumber }) => householdNumber)).toEqual(present.map(({ number }) => number));
        expect(BigInt(declared.totalFen)).toBe((2n * sum + scale) / (2n * scale));
        expect(lines.reduce((all, { amountFen }) => all + amountFen, 0)).toBe(declared.totalFen);
        lines.forEach(({ amountFen }, i) => {
          const floor = (parts[i] ?? 0n) / scale;
          expect([floor, floor + 1n]).toContain(BigInt(amountFen));
        });
      }
    }
  });
});
