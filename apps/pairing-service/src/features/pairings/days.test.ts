import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { CadreImportReport, importCadres, listCadres } from '@bangfu/contracts/pairing/cadres';
import {
  assignHelper,
  endPairing,
  getPairing,
  handOverHousehold,
  listPairings,
  movePairingChange,
  withdrawPairingChange,
} from '@bangfu/contracts/pairing/pairings';
import {
  applyPlan,
  approvePlan,
  getPlan,
  listPlans,
  makePlan,
  movePlan,
  withdrawPlan,
} from '@bangfu/contracts/pairing/plans';
import { addDays, businessDay } from '@bangfu/domain/shared/time';
import type { ServiceParts } from '@bangfu/platform/service';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { refused } from '../../testing/refused.ts';
import { announceHouseholds, COUNTY, type FedHousehold, feedHouseholds, feedRegions } from '../../testing/register.ts';

const TODAY = businessDay('2026-03-02');

let world: TestService;
let parts: ServiceParts;
let anna: Connection;
let bert: Connection;
let leader: Connection;
let helpers: string[];
let first = 1;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', (kit) => {
    parts = buildPairing(kit);
    return parts;
  });
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  anna = world.as('anna', grant('county-office'));
  bert = world.as('bert', grant('county-office'));
  leader = world.as('leader', grant('county-leader'));
  await feedRegions(world.urls.app);
  const names = ['甲', '乙', '丙', '丁', '戊', '己'];
  const list = ['单位,姓名,职级', ...names.map((name) => `水利局,水${name},县级领导`)].join('\n');
  await callJob(anna, importCadres, CadreImportReport, {
    query: { name: '名单.csv', commit: 'true' },
    body: Buffer.from(list),
  });
  helpers = (await call(anna, listCadres, {})).rows.map(({ id }) => id);
});
afterAll(() => world.stop());

const helper = (n: number) => helpers[n] ?? '';

async function household(state: Parameters<typeof feedHouseholds>[2] = {}): Promise<FedHousehold> {
  first += 1;
  const [fed] = await feedHouseholds(world.urls.app, 1, { first, ...state });
  if (!fed) throw new Error('no household');
  return fed;
}

async function query<R extends object>(text: string, params: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: world.urls.app, options: '-c search_path=public,platform' });
  await client.connect();
  try {
    return (await client.query<R>(text, params)).rows;
  } finally {
    await client.end();
  }
}

describe('the day of every change', () => {
  /** Each change on a household of its own: what it is, dated as many days from today, and whether its maker is sure. */
  const changes: Record<string, (days: number, sureOfDays: boolean) => Promise<unknown>> = {
    assignment: async (days, sureOfDays) => {
      const { id } = await household();
      const body = { helperId: helper(0), from: addDays(TODAY, days), sureOfDays };
      const answer = await call(anna, assignHelper, { params: { householdId: id }, body });
      await query('DELETE FROM pairing_link WHERE household_id = $1', [id]);
      return answer;
    },
    handover: async (days, sureOfDays) => {
      const householdId = await paired();
      const body = {
        helperId: helper(1),
        fromHelperId: helper(0),
        on: addDays(TODAY, days),
        reason: '调动',
        sureOfDays,
      };
      return call(anna, handOverHousehold, { params: { householdId }, body });
    },
    end: async (days, sureOfDays) => {
      const householdId = await paired('none');
      const body = { fromHelperId: helper(0), on: addDays(TODAY, days), reason: '期满', sureOfDays };
      return call(anna, endPairing, { params: { householdId }, body });
    },
    move: async (days, sureOfDays) => {
      const householdId = await paired();
      const coming = { helperId: helper(1), fromHelperId: helper(0), on: addDays(TODAY, 30), reason: '调动' };
      await call(anna, handOverHousehold, { params: { householdId }, body: coming });
      const body = { day: coming.on, to: addDays(TODAY, days), reason: '日期有误', sureOfDays };
      return call(bert, movePairingChange, { params: { householdId }, body });
    },
  };

  /** A household with a helper since long ago; what was paired before it is put aside, or the places would not do. */
  async function paired(status = 'registered'): Promise<string> {
    await query('DELETE FROM pairing_link');
    const { id } = await household();
    const body = { helperId: helper(0), from: '2000-01-01', sureOfDays: true };
    await call(anna, assignHelper, { params: { householdId: id }, body });
    if (status !== 'registered') await feedHouseholds(world.urls.app, 1, { status, first, ids: [id] });
    return id;
  }

  it.each(Object.keys(changes))(
    'given a %s at each edge, then far ahead is refused and far back is asked',
    async (kind) => {
      const change = changes[kind];
      if (!change) throw new Error(kind);
      const answers = [];
      for (const [days, sure] of [
        [92, false],
        [93, false],
        [93, true],
        [13_000, true],
        [-366, false],
        [-367, false],
        [-367, true],
      ] as const) {
        answers.push(await refused(change(days, sure)));
      }
      expect(answers).toEqual([null, 'DAY_TOO_LATE', 'DAY_TOO_LATE', 'DAY_TOO_LATE', null, 'DAY_UNUSUAL', null]);
      await query('DELETE FROM pairing_link');
    },
  );

  it('given a household that was announced, then no change lies before its registration or the present pairing', async () => {
    const fed = await household();
    await announceHouseholds(world.urls.app, [fed], '2026-02-10');
    const params = { householdId: fed.id };
    const assign = (from: string) => call(anna, assignHelper, { params, body: { helperId: helper(0), from } });
    expect(await refused(assign('2026-02-09'))).toBe('PAIRING_BEFORE_REGISTRATION');
    expect(await refused(assign('2026-02-10'))).toBeNull();
    const handOver = (on: string) =>
      call(anna, handOverHousehold, {
        params,
        body: { helperId: helper(1), fromHelperId: helper(0), on, reason: '调动' },
      });
    expect(await refused(handOver('2026-02-10'))).toBe('HANDOVER_TOO_EARLY');
    expect(await refused(handOver('2026-02-11'))).toBeNull();
  });
});

describe('a change whose year was typed wrongly', () => {
  it('given a handover of 2062 that a release before took, when two people put it right, then nobody was ever without a helper', async () => {
    const { id } = await household();
    const params = { householdId: id };
    await call(anna, assignHelper, { params, body: { helperId: helper(0), from: '2026-03-01' } });
    const [link] = await query<{ unit: string }>('SELECT unit_id AS unit FROM pairing_link WHERE household_id = $1', [
      id,
    ]);
    await query(`UPDATE pairing_link SET valid_until = '2062-03-16', reason = '调动' WHERE household_id = $1`, [id]);
    await query(
      `INSERT INTO pairing_link (id, county_code, household_id, cadre_id, unit_id, valid_from, account_id, account_name)
       VALUES (uuidv7(), '211382000000', $1, $2, $3, '2062-03-16', 'test-anna', 'anna')`,
      [id, helper(1), link?.unit],
    );
    const read = () => call(bert, getPairing, { params });
    expect(await read()).toMatchObject({
      helper: { id: helper(0) },
      coming: { kind: 'handover', day: '2062-03-16', helper: { id: helper(1) } },
    });
    const body = { day: '2062-03-16', to: '2026-03-16', reason: '年份写错' };
    expect(await refused(call(bert, movePairingChange, { params, body: { ...body, day: '2061-03-16' } }))).toBe(
      'CHANGED_MEANWHILE',
    );
    await call(bert, movePairingChange, { params, body });
    const moved = await read();
    expect(moved).toMatchObject({
      helper: { id: helper(0) },
      coming: { day: '2026-03-16', helper: { id: helper(1) } },
    });
    expect(moved.chain.map(({ from, until: end }) => [from, end])).toEqual([
      ['2026-03-01', '2026-03-16'],
      ['2026-03-16', null],
    ]);
    // Who moved it decided it: the other one may take it back.
    const away = { day: '2026-03-16', reason: '不再调动' };
    expect(await refused(call(bert, withdrawPairingChange, { params, body: away }))).toBe('CHANGE_OWN');
    await call(anna, withdrawPairingChange, { params, body: away });
    const back = await read();
    expect(back).toMatchObject({ helper: { id: helper(0) }, coming: null });
    expect(
      back.reversals.map(({ kind, day, movedTo, reason, accountName }) => [kind, day, movedTo, reason, accountName]),
    ).toEqual([
      ['handover', '2026-03-16', null, '不再调动', 'anna'],
      ['handover', '2062-03-16', '2026-03-16', '年份写错', 'bert'],
    ]);
    const kept = await query('SELECT 1 FROM pairing_link WHERE household_id = $1 AND withdrawn_at IS NOT NULL', [id]);
    expect(kept).toHaveLength(2);
    await expect(query('UPDATE pairing_reversal SET reason = reason')).rejects.toThrow(/permission denied/);
  });

  it('given an end dated ahead, when the household is poor again before it, then the helper stays', async () => {
    const { id } = await household();
    const params = { householdId: id };
    await call(anna, assignHelper, { params, body: { helperId: helper(0), from: '2026-03-01' } });
    await feedHouseholds(world.urls.app, 1, { status: 'none', first, ids: [id] });
    const body = { fromHelperId: helper(0), on: '2026-03-20', reason: '期满' };
    await call(anna, endPairing, { params, body });
    await feedHouseholds(world.urls.app, 1, {
      status: 'returned',
      first,
      ids: [id],
      reactions: parts.reactions,
    });
    const record = await call(anna, getPairing, { params });
    expect(record).toMatchObject({ helper: { id: helper(0) }, coming: null });
    expect(record.reversals).toMatchObject([{ kind: 'end', day: '2026-03-20', accountName: '系统' }]);
  });
});

describe('a whole plan dated wrongly', () => {
  const read = (planId: string) => call(anna, getPlan, { params: { planId } });

  it('given one applied for a day to come, when a second person moves it and then it is taken back, then all of it is', async () => {
    await query('DELETE FROM pairing_link');
    await query('UPDATE household_copy SET withdrawn = true');
    await feedHouseholds(world.urls.app, 6, { first: 300 });
    const { id } = await call(anna, makePlan, { body: { region: COUNTY } });
    await until('the plan is computed', async () => (await read(id)).state === 'draft');
    const params = { planId: id };
    await call(leader, approvePlan, { params, body: { version: (await read(id)).version } });
    const apply = async (from: string) =>
      refused(call(anna, applyPlan, { params, body: { version: (await read(id)).version, from, sureOfDays: true } }));
    expect(await apply('2062-03-20')).toBe('DAY_TOO_LATE');
    expect(await apply('2026-03-20')).toBeNull();
    const states = async () => {
      const total = async (state: 'paired' | 'without' | 'coming') =>
        (await call(anna, listPairings, { query: { state } })).total;
      return [await total('paired'), await total('without'), await total('coming')];
    };
    expect(await states()).toEqual([0, 6, 6]);
    const body = async (more: object) => ({ version: (await read(id)).version, reason: '日期有误', ...more });
    const move = async (as: Connection, to: string) =>
      refused(call(as, movePlan, { params, body: { version: (await read(id)).version, reason: '日期有误', to } }));
    expect(await move(anna, '2026-03-10')).toBe('PLAN_APPLIER_REVERSES');
    expect(await move(bert, '2026-03-20')).toBe('CHANGE_SAME_DAY');
    expect(await move(bert, '2026-03-10')).toBeNull();
    expect(await read(id)).toMatchObject({ state: 'applied', appliedFrom: '2026-03-10', applierName: 'bert' });
    expect(await states()).toEqual([0, 6, 6]);
    // One of its households was put right by hand: it is no longer the plan's.
    const [one] = (await call(anna, listPairings, { query: { state: 'coming' } })).rows;
    await call(anna, withdrawPairingChange, {
      params: { householdId: one?.householdId ?? '' },
      body: { day: '2026-03-10', reason: '另有安排' },
    });
    const withdraw = await body({});
    expect(await refused(call(bert, withdrawPlan, { params, body: withdraw }))).toBe('PLAN_APPLIER_REVERSES');
    expect(await call(leader, withdrawPlan, { params, body: withdraw })).toMatchObject({
      state: 'withdrawn',
      withdrawerName: 'leader',
      withdrawReason: '日期有误',
    });
    expect(await states()).toEqual([0, 6, 0]);
    expect((await call(anna, listPlans, {})).rows[0]?.state).toBe('withdrawn');
    const [kept] = await query<{ n: number }>('SELECT count(*)::int AS n FROM pairing_reversal WHERE day >= $1', [
      '2026-03-10',
    ]);
    expect(kept?.n).toBeGreaterThanOrEqual(12);
  });
});
