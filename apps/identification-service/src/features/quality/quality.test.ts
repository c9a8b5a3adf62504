import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  checkQuality,
  exportHouseholds,
  getQuality,
  listHouseholds,
  listRules,
} from '@bangfu/contracts/identification/households';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bringRegions, bringRoster, idNumber } from '../../testing/register.ts';

const OPS = everyService('identification');
const VILLAGES = ['佐杖子村', '康杖子村'];
const REQUIRED = '乡(镇),行政村,户编号,姓名,证件号码,与户主关系,脱贫属性,主要致贫原因';
let world: TestService;
let office: Connection;
let made = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  world.setNow(new Date('2026-03-02T04:00:00Z'));
  office = world.as('office', grant('county-office'));
  await bringRegions(office);
});
afterAll(() => world.stop());

/** One registered household of one: the columns every roster has, and more of them with their cells. */
async function bring(more: Record<string, string>, id?: string): Promise<string> {
  const number = `2113821010${String(++made).padStart(4, '0')}`;
  const cells = ['万元店镇', VILLAGES[made % 2], number, `户主${made}`, id ?? idNumber(made * 2 + 1, 1970), '户主'];
  const head = [REQUIRED, ...Object.keys(more)].join(',');
  await bringRoster(office, `${head}\n${[...cells, '未脱贫', '因病', ...Object.values(more)].join(',')}\n`);
  return number;
}

/** The rules a household breaks now, by the list's filter. */
async function brokenBy(number: string): Promise<string[]> {
  const { rules } = await call(office, getQuality, {});
  const broken: string[] = [];
  for (const { ruleId } of rules) {
    const { rows } = await call(office, listHouseholds, { query: { rule: ruleId, search: number } });
    if (rows.length > 0) broken.push(ruleId);
  }
  return broken.sort();
}

async function check(region?: string): Promise<void> {
  const { jobId } = await call(office, checkQuality, { body: { region } });
  await until('the check is done', async () => {
    const { state } = await call(office, OPS.getJob, { params: { jobId } });
    if (state === 'failed') throw new Error('the check failed');
    return state === 'done';
  });
}

const EMPTY = { 饮水安全: '', 参加大病医疗: '', 民族: '', 健康状况: '', 是否参加城乡居民基本医疗保险: '' };

describe('the rules of data quality over the register', () => {
  it.each([
    ['columns the roster does not have', {}, []],
    ['the same columns left empty', EMPTY, ['2_01_001', '2_01_006', '3_02_002', '5_15_015']],
    ['the later edition’s column of safe water filled', { 是否解决安全饮用水: '是' }, []],
    ['the later edition’s column of safe water left empty', { 是否解决安全饮用水: '' }, ['3_02_002']],
    ['a disabled member under an ordinary ID number', { 健康状况: '残疾、患有大病' }, []],
  ])(
    'given %s, then only what was asked for can be missing, at the import and at a check',
    async (_what, more, rules) => {
      const number = await bring(more);
      expect(await brokenBy(number)).toEqual(rules);
      await check();
      expect(await brokenBy(number)).toEqual(rules);
    },
  );

  it('given the list of rules, then each says what it needs, and one is said to be fed only if it can be broken', async () => {
    const { rules } = await call(office, listRules, {});
    const of = (id: string) => rules.find((rule) => rule.id === id);
    expect(of('3_02_008')).toMatchObject({ object: 'household', needs: ['housingArea'], fed: true, refused: null });
    expect(of('1_01_004')).toMatchObject({ refused: 'ID_INVALID' });
    expect(of('5_15_009')).toMatchObject({ needs: ['plansToWorkAway', 'serviceNeeds'], fed: false });
    const fed = new Set(rules.filter((rule) => rule.fed).map(({ id }) => id));
    for (const id of ['2_01_001', '2_01_006', '3_02_002', '5_15_015', '1_01_001'])
      expect([id, fed.has(id)]).toEqual([id, true]);
    expect(rules.filter(({ object }) => object === 'village').every((rule) => !rule.fed)).toBe(true);
  });

  it('given one person by his ID number and by his disability certificate, then both break the rule of one number', async () => {
    const id = idNumber(27_001, 1966);
    const first = await bring({ 健康状况: '患有大病' }, id);
    expect(await brokenBy(first)).toEqual([]);
    const second = await bring({ 健康状况: '残疾、患有大病' }, `${id}43`);
    expect(await brokenBy(second)).toEqual(['1_01_001']);
    // The other stands in another village: whoever checks that one compares with the whole county.
    const region = (await call(office, listHouseholds, { query: { search: first } })).rows[0]?.villageCode;
    await check(region);
    expect(await brokenBy(first)).toEqual(['1_01_001']);
    const { rules } = await call(office, getQuality, {});
    expect(rules.find(({ ruleId }) => ruleId === '1_01_001')).toMatchObject({
      severity: 'error',
      count: 2,
      households: 2,
    });
  });

  it('given a rule, then list and export show the households that break it, and ‘any’ those that break one', async () => {
    const query = { rule: '1_01_001' };
    expect((await call(office, listHouseholds, { query })).total).toBe(2);
    const file = await send(office, exportHouseholds, { query: { ...query, format: 'csv' } });
    expect((await file.text()).trim().split('\r\n')).toHaveLength(3);
    expect((await call(office, listHouseholds, { query: { rule: 'any' } })).total).toBe(4);
    const region = '211382105000';
    expect((await call(office, listHouseholds, { query: { rule: 'any', region } })).total).toBe(0);
  });
});
