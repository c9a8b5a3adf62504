import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import {
  draftContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  listContractHouseholds,
  type ShareContract,
} from '@bangfu/contracts/industry/contracts';
import { bringWritings } from '@bangfu/platform/testing/list-writings';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import { entityWithAccount, file, idOf, knowHouseholds, people, refusal, VILLAGE } from '../../testing/scene.ts';

const FILES = new URL('../../../../../packages/testkit/fixtures/office-files/', import.meta.url);
/** The households of the lists, named as the register keeps them. */
const HEADS = ['张 三', '龚䶮', '𠅤𠮷明', '阿依·古丽'];

let world: TestService;
let who: ReturnType<typeof people>;
let entity: { entity: { id: string }; account: Connection };
let contracts = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  const households = HEADS.map((head, i) => ({
    id: idOf(900 + i),
    number: `211382999004000${i + 1}`,
    head,
    village: VILLAGE,
  }));
  await knowHouseholds(who.pool, households);
  entity = await entityWithAccount(world, who.office, '果业合作社', [VILLAGE]);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

async function draft(): Promise<ShareContract> {
  const period = { from: '2025-01-01', to: '2027-12-31', guaranteedBp: 500, profitShareBp: 0 };
  const body = { entityId: entity.entity.id, number: `ML-${++contracts}`, ...period };
  return call(entity.account, draftContract, { body });
}
async function bring(content: Readable | string) {
  const { id } = await draft();
  const body = typeof content === 'string' ? file(content) : content;
  const outcome = await callJob(entity.account, importContractHouseholds, ContractHouseholdsOutcome, {
    params: { contractId: id },
    query: { name: '名单' },
    body,
  });
  const { rows } = await call(entity.account, listContractHouseholds, { params: { contractId: id }, query: {} });
  return { outcome, stakes: rows.map(({ householdNumber, stakeFen }) => [householdNumber.slice(-1), stakeFen]) };
}
const stored = (name: string) => Readable.from([readFileSync(new URL(name, FILES))]);

describe('given a list of stakes as offices write it', () => {
  it.each(['户编号', '账号'])(
    'when it comes in any of its writings, told by its %s, then it is taken as it is meant, or refused with the cell',
    async (numbers) => {
      const rows = [
        ['2113829990040001', '张三', '3000.00', '农商行', '6217001234567890101'],
        ['2113829990040004', '阿依·古丽', '500', '农商行', '6217001234567890104'],
      ];
      const good = { header: ['户编号', '姓名', '入股金额(元)', '开户行', '账号'], rows, numbers };
      const { answered, right } = await bringWritings(good, async (body, expected) => {
        const { outcome, stakes } = await bring(Readable.from([body]));
        const isTaken = 'taken' in expected;
        expect(stakes).toEqual(
          isTaken
            ? [
                ['1', 300_000],
                ['4', 50_000],
              ]
            : [],
        );
        return outcome;
      });
      expect(answered).toEqual(right);
    },
  );

  it('when the bank only repeats the row above, or an amount stands under a group in 万元, then it is refused', async () => {
    const header = '户编号,姓名,入股金额,开户行,账号';
    const row = '2113829990040001,张三,100,农商行,6217001234567890101';
    const { outcome } = await bring(`${header}\n${row}\n2113829990040004,阿依·古丽,100,〃,6217001234567890104\n`);
    expect(outcome).toMatchObject({
      taken: false,
      problems: [{ row: 3, column: '开户行', code: 'VALUE_PLACEHOLDER' }],
    });
    expect(await refusal(bring(`入股名单（万元）,,,,\n${header}\n${row}\n`))).toBe('422 LIST_UNIT');
    expect(await refusal(bring(`,,出资（万元）,开户,\n${header}\n${row}\n`))).toBe('422 LIST_UNIT');
  });

  it.each([
    ['stakes-same-writing.xlsx', [['1', 300_000]]],
    ['stakes-plain.xlsx', [['1', 300_000]]],
    ['stakes-dot.xlsx', [['4', 300_000]]],
    [
      'stakes-totals.xlsx',
      [
        ['2', 300_000],
        ['3', 500_000],
      ],
    ],
    [
      'stakes-fullwidth.xlsx',
      [
        ['2', 300_000],
        ['3', 500_000],
      ],
    ],
    [
      'stakes-second-header.xlsx',
      [
        ['2', 300_000],
        ['3', 500_000],
      ],
    ],
  ])('when %s is brought, then it is taken as it is meant', async (name, stakes) => {
    const brought = await bring(stored(name));
    expect(brought.outcome).toMatchObject({ taken: true, problems: [], warnings: [] });
    expect(brought.stakes).toEqual(stakes);
  });

  it('when its amounts are in 万元, then it is refused and the column named', async () => {
    await expect(bring(stored('stakes-wan.xlsx'))).rejects.toMatchObject({
      problem: { code: 'LIST_UNIT', title: expect.stringContaining('入股金额(万元)') },
    });
  });

  it.each([
    ['account-as-number.xlsx', 2],
    ['account-one-as-number.xlsx', 1],
    ['account-scientific.xlsx', 1],
  ])(
    'when the accounts of %s lost digits, then nothing is taken and each row and column is named',
    async (name, rows) => {
      const { outcome, stakes } = await bring(stored(name));
      expect(outcome.taken).toBe(false);
      expect(outcome.problems.map(({ sheet, row, column, code }) => [sheet, row, column, code])).toEqual(
        Array.from({ length: rows }, (_, i) => ['名单', i + 2, '账号', 'ID_SCIENTIFIC']),
      );
      expect(outcome.problems[0]?.message).toContain('丢失');
      expect(stakes).toEqual([]);
    },
  );

  it('when a column is not known, then the rest is taken and the column named', async () => {
    const { outcome } = await bring(
      '户编号,姓名,入股金额,开户行,账号,介绍人\n2113829990040001,张三,100,农商行,6217001234567890101,李四\n',
    );
    expect(outcome).toMatchObject({ taken: true, warnings: [{ code: 'COLUMN_UNKNOWN', column: '介绍人' }] });
  });

  it('when a quote swallows its rows, then it is refused', async () => {
    const text = '户编号,姓名,入股金额,开户行,账号\n2113829990040001,"张三,100,农商行,6217001234567890101\n';
    expect(await refusal(bring(text))).toBe('422 TEXT_QUOTE_OPEN');
  });
});
