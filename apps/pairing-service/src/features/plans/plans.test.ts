import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { CadreImportReport, importCadres, listCadres } from '@bangfu/contracts/pairing/cadres';
import {
  assignHelper,
  endPairing,
  getPairing,
  handOverHousehold,
  listPairings,
} from '@bangfu/contracts/pairing/pairings';
import {
  applyPlan,
  approvePlan,
  discardPlan,
  getPlan,
  listPlanRows,
  makePlan,
  type PairingPlan,
} from '@bangfu/contracts/pairing/plans';
import type { Grant } from '@bangfu/domain/shared/roles';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import {
  COUNTY,
  cadreList,
  type FedHousehold,
  feedHouseholds,
  feedRegions,
  TOWNSHIPS,
} from '../../testing/register.ts';

let world: TestService;
let office: Connection;
let leader: Connection;
let households: FedHousehold[];

const refusal = (status: number, code?: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status, ...(code ? { code } : {}) }) });
const [north, south] = TOWNSHIPS;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  leader = world.as('leader', grant('county-leader'));
  await feedRegions(world.urls.app);
  households = await feedHouseholds(world.urls.app, 100);
  // 3 × 5 + 10 × 3 + 15 × 2 + 20 × 1 = 95 places for 100 households.
  const list = cadreList([
    { name: '市委办公室', village: '北炉乡甲村', counts: { 县级领导: 3, 正职: 4, 副职: 5, 一般干部: 5 } },
    { name: '农业农村局', village: '北炉乡乙村、北炉乡丙村', counts: { 正职: 3, 副职: 5, 一般干部: 10 } },
    { name: '教育局', village: '三十家子镇甲村、三十家子镇乙村', counts: { 正职: 3, 副职: 5, 一般干部: 5 } },
  ]);
  await bring(list);
});
afterAll(() => world.stop());

const bring = (text: string) =>
  callJob(office, importCadres, CadreImportReport, {
    query: { name: '名单.csv', commit: 'true' },
    body: Buffer.from(text.replaceAll('、', '；')),
  });

async function computed(as: Connection, region: string): Promise<PairingPlan> {
  const { id } = await call(as, makePlan, { body: { region } });
  return until('the plan is computed', async () => {
    const plan = await call(as, getPlan, { params: { planId: id } });
    expect(plan.basis === null).toBe(plan.figures === null);
    return plan.state === 'computing' ? null : plan;
  });
}
const at = (plan: PairingPlan) => ({ params: { planId: plan.id }, body: { version: plan.version } });
const applied = (as: Connection, plan: PairingPlan, from: string) =>
  call(as, applyPlan, { params: { planId: plan.id }, body: { version: plan.version, from } });

async function query<R extends object>(text: string, params: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: world.urls.app, options: '-c search_path=public,platform' });
  await client.connect();
  try {
    const { rows } = await client.query<R>(text, params);
    return rows;
  } finally {
    await client.end();
  }
}

describe('the optimal plan of a county', () => {
  let plan: PairingPlan;

  it('given 100 poor households and 95 places, when it is computed, then 95 are placed and 5 are told why not', async () => {
    plan = await computed(office, COUNTY);
    expect(plan).toMatchObject({
      state: 'draft',
      mine: true,
      regionName: '凌源市',
      figures: {
        households: 100,
        helpers: 48,
        placed: 95,
        kept: 0,
        added: 95,
        moved: 0,
        unplaced: 5,
        withoutToday: 100,
      },
    });
    const unplaced = await call(office, listPlanRows, { params: { planId: plan.id }, query: { change: 'unplaced' } });
    expect(unplaced.total).toBe(5);
    expect(unplaced.rows[0]).toMatchObject({ reason: 'NO_CAPACITY', message: '帮扶责任人名额已满', proposed: null });
    expect((await call(office, listPairings, { query: { state: 'paired' } })).total).toBe(0);
  });

  it('given a draft, when its maker or an officer approves, then he is refused; a leader may, and cannot apply it', async () => {
    await expect(call(office, approvePlan, at(plan))).rejects.toEqual(refusal(403));
    await expect(applied(office, plan, '2026-03-02')).rejects.toEqual(refusal(422, 'PLAN_NOT_APPROVED'));
    const approved = await call(leader, approvePlan, at(plan));
    expect(approved).toMatchObject({ state: 'approved', approverName: 'leader', mine: false });
    await expect(applied(leader, approved, '2026-03-02')).rejects.toEqual(refusal(403));
    await expect(applied(office, plan, '2026-03-02')).rejects.toEqual(refusal(409, 'CHANGED_MEANWHILE'));
    plan = approved;
  });

  it('given an approved plan, when it is applied, then every quota is kept and every pairing is told once', async () => {
    expect(await applied(office, plan, '2026-03-02')).toMatchObject({ state: 'applied', applierName: 'office' });
    await expect(applied(office, plan, '2026-03-02')).rejects.toEqual(refusal(409));
    const { rows } = await call(office, listCadres, { query: { limit: 500 } });
    expect(rows).toHaveLength(48);
    expect(rows.reduce((sum, { households: count }) => sum + count, 0)).toBe(95);
    for (const { households: count, quota } of rows) expect(count).toBeLessThanOrEqual(quota ?? 0);
    const events = await query<{ type: string; n: string }>(
      `SELECT type, count(DISTINCT key) AS n FROM platform.outbox_event GROUP BY type`,
    );
    expect(events).toEqual([{ type: 'pairing.household.paired.v1', n: 95 }]);
    const open = await query<{ id: string }>('SELECT household_id AS id FROM pairing_link WHERE valid_until IS NULL');
    expect(new Set(open.map((row) => row.id)).size).toBe(95);
    // A unit's households lie together: the education bureau serves the southern township only.
    const far = await query(
      `SELECT 1 FROM pairing_link l JOIN unit u ON u.id = l.unit_id JOIN household_copy h ON h.id = l.household_id
       WHERE u.name = '教育局' AND h.village_code NOT LIKE '211382101%'`,
    );
    expect(far).toEqual([]);
  });

  it('given more cadres, when a second plan is applied, then the five get helpers and few others change', async () => {
    world.setNow(new Date('2026-04-01T02:00:00Z'));
    await bring('单位,姓名,职级\n林业局,林一,正职\n林业局,林二,副职\n');
    const second = await computed(office, COUNTY);
    expect(second.figures).toMatchObject({ placed: 100, unplaced: 0, added: 5, withoutToday: 5 });
    expect(second.figures?.kept).toBeGreaterThanOrEqual(90);
    await applied(office, await call(leader, approvePlan, at(second)), '2026-04-01');
    const without = await call(office, listPairings, { query: { state: 'without' } });
    expect(without.total).toBe(0);
  });

  it('given a pairing changed after the plan was computed, when it is applied, then it is refused whole', async () => {
    world.setNow(new Date('2026-05-01T02:00:00Z'));
    await bring('单位,姓名,职级,帮扶户数上限\n林业局,林三,正职,3\n');
    const [more] = await feedHouseholds(world.urls.app, 1, { first: 500 });
    const plan3 = await call(leader, approvePlan, at(await computed(office, COUNTY)));
    const { rows } = await call(office, listCadres, { query: { search: '林三' } });
    const body = { helperId: rows[0]?.id ?? '', from: '2026-05-01' };
    await call(office, assignHelper, { params: { householdId: more?.id ?? '' }, body });
    await expect(applied(office, plan3, '2026-05-01')).rejects.toEqual(refusal(422, 'PLAN_STALE'));
    expect(await call(office, discardPlan, at(plan3))).toMatchObject({ state: 'discarded' });
  });
});

describe('a plan within a township', () => {
  it('given a township’s officer, when he makes and reads plans, then only of his own township', async () => {
    const officer = world.as('officer', grant('township-officer', north?.code ?? ''));
    await expect(call(officer, makePlan, { body: { region: south?.code ?? '' } })).rejects.toEqual(refusal(404));
    await expect(call(officer, makePlan, { body: { region: COUNTY } })).rejects.toEqual(refusal(404));
    const plan = await computed(officer, north?.code ?? '');
    expect(plan.figures).toMatchObject({ households: 61, unplaced: 0, added: 0 });
    const other = world.as('other-leader', grant('township-leader', south?.code ?? ''));
    await expect(call(other, approvePlan, at(plan))).rejects.toEqual(refusal(404));
    await expect(call(other, getPlan, { params: { planId: plan.id } })).rejects.toEqual(refusal(404));
  });

  it('given one person with both roles, when he made a plan or approved one, then he cannot do the next step', async () => {
    const roles: Grant[] = [grant('township-officer', north?.code ?? ''), grant('township-leader', north?.code ?? '')];
    const both = world.as('both-roles', ...roles);
    await expect(call(both, approvePlan, at(await computed(both, north?.code ?? '')))).rejects.toEqual(
      refusal(422, 'PLAN_OWN'),
    );
    const approved = await call(both, approvePlan, at(await computed(office, north?.code ?? '')));
    await expect(applied(both, approved, '2026-05-02')).rejects.toEqual(refusal(422, 'PLAN_APPROVER_APPLIES'));
  });
});

describe('a pairing by hand', () => {
  it('given a poor household, when it is handed over, then the chain is kept; its end is refused until it has exited', async () => {
    world.setNow(new Date('2026-06-01T02:00:00Z'));
    const household = households[0];
    const params = { householdId: household?.id ?? '' };
    await bring('单位,姓名,职级,亲属户编号\n水利局,水一,正职,\n水利局,水二,一般干部,' + household?.number + '\n');
    const { rows } = await call(office, listCadres, { query: { search: '水' } });
    const one = rows.find(({ name }) => name === '水一');
    const relative = rows.find(({ name }) => name === '水二');
    const before = await call(office, getPairing, { params });
    const from = { fromHelperId: before.helper?.id ?? '', on: '2026-06-01', reason: '工作调动' };
    await expect(
      call(office, handOverHousehold, { params, body: { ...from, helperId: relative?.id ?? '' } }),
    ).rejects.toEqual(refusal(422, 'HELPER_IS_RELATIVE'));
    await call(office, handOverHousehold, { params, body: { ...from, helperId: one?.id ?? '' } });
    await expect(
      call(office, handOverHousehold, { params, body: { ...from, helperId: one?.id ?? '' } }),
    ).rejects.toEqual(refusal(409));
    const { chain } = await call(office, getPairing, { params });
    expect(chain.map(({ helperId, until, reason }) => [helperId, until, reason])).toEqual([
      ...before.chain.slice(0, -1).map(({ helperId, until, reason }) => [helperId, until, reason]),
      [before.helper?.id, '2026-06-01', '工作调动'],
      [one?.id, null, null],
    ]);

    const end = { on: '2026-06-15', reason: '已脱贫', fromHelperId: one?.id ?? '' };
    await expect(call(office, endPairing, { params, body: end })).rejects.toEqual(refusal(422, 'PAIRING_POOR'));
    await feedHouseholds(world.urls.app, 1, { status: 'exited', exitedOn: '2023-01-01', ids: [params.householdId] });
    expect(await call(office, endPairing, { params, body: end })).toMatchObject({ until: '2026-06-15' });
    const officer = world.as('south-officer', grant('township-officer', south?.code ?? ''));
    await expect(call(officer, getPairing, { params })).rejects.toEqual(refusal(404));
    const events = await query<{ type: string }>(
      'SELECT type FROM platform.outbox_event WHERE key = $1 ORDER BY sequence',
      [params.householdId],
    );
    expect(events.map(({ type }) => type).slice(-2)).toEqual([
      'pairing.household.handed-over.v1',
      'pairing.household.released.v1',
    ]);
  });

  it('given a helper whose places are used up, when he is given another household, then he is refused', async () => {
    const [extra] = await feedHouseholds(world.urls.app, 1, { first: 600 });
    const { rows } = await call(office, listCadres, { query: { rank: 'staff', limit: 500 } });
    const full = rows.find(({ households: count }) => count === 1);
    const free = await call(office, listCadres, { query: { free: 'true', limit: 500 } });
    expect(free.rows.map(({ id }) => id)).not.toContain(full?.id);
    await expect(
      call(office, assignHelper, {
        params: { householdId: extra?.id ?? '' },
        body: { helperId: full?.id ?? '', from: '2026-06-01' },
      }),
    ).rejects.toEqual(refusal(422, 'HELPER_QUOTA_FULL'));
  });
});
