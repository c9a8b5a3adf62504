import { randomUUID } from 'node:crypto';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { CadreImportReport, importCadres, listCadres, listHelpingUnits } from '@bangfu/contracts/pairing/cadres';
import {
  assignHelper,
  endPairing,
  getMyHelper,
  getPairing,
  handOverHousehold,
  listPairings,
  movePairingChange,
  withdrawPairingChange,
} from '@bangfu/contracts/pairing/pairings';
import { addDays, type BusinessDay, businessDay, startOfDay } from '@bangfu/domain/shared/time';
import type { ServiceParts } from '@bangfu/platform/service';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import * as fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { type FedHousehold, feedHouseholds, feedRegions, withdrawHouseholds } from '../../testing/register.ts';

/*
 * Random histories of pairings with days to come, beside a naive replay: a table of who helps each household on each
 * day, written day by day. Every list, figure, duty, view and quota of the service is compared with it on every day.
 */

const FIRST = businessDay('2026-03-02');
const DAYS = 24;
/** Days are compared beyond the history, too: what is dated ahead then takes effect. */
const BEYOND = 40;
const HELPERS = 4;
const HOUSEHOLDS = 5;
const QUOTA = 2;
const dayAt = (n: number): BusinessDay => addDays(FIRST, n);

let world: TestService;
let parts: ServiceParts;
/** Two who decide, so that one can reverse what the other did. */
let makers: Connection[];
let helpers: { id: string; at: Connection }[];
let manager: Connection;
let used = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', (kit) => {
    parts = buildPairing(kit);
    return parts;
  });
  world.setNow(startOfDay(FIRST));
  makers = [world.as('anna', grant('county-office')), world.as('bert', grant('county-office'))];
  await feedRegions(world.urls.app);
  const names = ['甲', '乙', '丙', '丁'];
  const lines = names.map((name, n) => `${n % 2 === 0 ? '水利局' : '教育局'},水${name},正职,${QUOTA}`);
  const body = Buffer.from(['单位,姓名,职级,帮扶户数上限', ...lines].join('\n'));
  await callJob(maker(0), importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
  const { rows } = await call(maker(0), listCadres, {});
  expect(rows).toHaveLength(HELPERS);
  helpers = rows.map(({ id }) => ({
    id,
    at: world.as(`helper-${id}`, { role: 'helper', scope: { kind: 'helper', id } }),
  }));
  const unit = rows.find(({ unitName }) => unitName === '水利局')?.unitId ?? '';
  manager = world.as('manager', { role: 'unit-manager', scope: { kind: 'unit', id: unit } });
});
afterAll(() => world.stop());

const maker = (n: number): Connection => makers[n % 2] as Connection;
const helperAt = (n: number) => helpers[n % HELPERS] as (typeof helpers)[number];

const KINDS = ['assign', 'hand-over', 'end', 'withdraw', 'move', 'gone', 'poor'] as const;

/** What a history does on one of its days. */
const act = fc.record({
  kind: fc.constantFrom(...KINDS),
  /** Mostly what fits the household at that moment is tried, else anything. */
  fits: fc.integer({ min: 0, max: 9 }),
  household: fc.nat(HOUSEHOLDS - 1),
  helper: fc.nat(HELPERS - 1),
  ahead: fc.integer({ min: -3, max: 12 }),
  maker: fc.nat(1),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
/** How often each kind was accepted, over all histories: one that never is proves nothing. */
const taken = new Map<string, number>();
/** For each day, what is done on it. */
const history = fc.array(fc.array(act, { minLength: 1, maxLength: 4, size: 'max' }), {
  minLength: DAYS,
  maxLength: DAYS,
});

/** Who helps a household on each day, as it is decided; a change to come is remembered with who helped before it. */
interface Told {
  /** The helper of each day, 0 … BEYOND − 1. */
  days: (string | null)[];
  coming: {
    day: number;
    kind: 'assignment' | 'handover' | 'end';
    helper: string;
    before: (string | null)[];
    by: number;
  } | null;
  poor: boolean;
  gone: boolean;
}

/** The naive replay of one history. It knows no chains and no links, only the table of days. */
class Replay {
  readonly told = new Map<string, Told>();

  of(id: string): Told {
    const told = this.told.get(id) ?? { days: Array(BEYOND).fill(null), coming: null, poor: true, gone: false };
    this.told.set(id, told);
    return told;
  }

  load(helper: string, day: number): number {
    return [...this.told.values()].filter(({ days, gone }) => !gone && days[day] === helper).length;
  }

  /** Fills the days from one on with a helper, or with nobody. */
  fill(id: string, from: number, helper: string | null): void {
    const told = this.of(id);
    for (let day = Math.max(0, from); day < BEYOND; day++) told.days[day] = helper;
  }

  /** Whether no quota is exceeded on any day. */
  get holds(): boolean {
    return helpers.every(({ id }) =>
      Array.from({ length: BEYOND }, (_, day) => this.load(id, day)).every((n) => n <= QUOTA),
    );
  }

  /** Changes that have taken effect are none to come. */
  settle(today: number): void {
    for (const told of this.told.values()) if (told.coming && told.coming.day <= today) told.coming = null;
  }
}

const accepted = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof ProblemError && [404, 409, 422].includes(error.problem.status)) return false;
    throw error;
  }
};

/** What can be done with a household as it is. */
function fitting({ days, coming, poor }: Told, today: number, { ahead, helper }: Act): (typeof KINDS)[number] {
  if (coming) return helper % 2 === 0 ? 'withdraw' : 'move';
  if (days[today] == null) return poor ? 'assign' : 'poor';
  if (!poor) return 'end';
  return ahead % 5 === 0 ? 'poor' : 'hand-over';
}

/** Does one act on the service, and in the replay what it means when it was accepted. */
async function doAct(replay: Replay, households: readonly FedHousehold[], today: number, one: Act): Promise<void> {
  const household = households[one.household] as FedHousehold;
  const { id } = household;
  const told = replay.of(id);
  if (told.gone) return;
  const kind = one.fits < 8 ? fitting(told, today, one) : one.kind;
  const makerNumber = one.fits < 8 && told.coming ? 1 - told.coming.by : one.maker;
  const by = maker(makerNumber);
  const took = () => taken.set(kind, (taken.get(kind) ?? 0) + 1);
  const helper = helperAt(one.helper).id;
  const params = { householdId: id };
  const day = today + one.ahead;
  const on = dayAt(day);
  const present = told.days[today] ?? null;
  const before = [...told.days];
  const decide = (change: 'assignment' | 'handover' | 'end', who: string) => {
    took();
    replay.fill(id, day, change === 'end' ? null : who);
    if (day > today) told.coming = { day, kind: change, helper: who, before, by: makerNumber };
  };
  switch (kind) {
    case 'assign':
      if (day < 0) return;
      if (await accepted(call(by, assignHelper, { params, body: { helperId: helper, from: on } }))) {
        expect(present).toBeNull();
        expect(told.coming).toBeNull();
        decide('assignment', helper);
      }
      return;
    case 'hand-over': {
      const body = { helperId: helper, fromHelperId: present ?? helper, on, reason: '工作调动' };
      if (await accepted(call(by, handOverHousehold, { params, body }))) {
        expect(present).not.toBeNull();
        expect(told.coming).toBeNull();
        decide('handover', helper);
      }
      return;
    }
    case 'end': {
      const body = { fromHelperId: present ?? helper, on, reason: '期满' };
      if (await accepted(call(by, endPairing, { params, body }))) {
        expect(told.poor).toBe(false);
        expect(told.coming).toBeNull();
        decide('end', present ?? '');
      }
      return;
    }
    case 'withdraw':
    case 'move': {
      const { coming } = told;
      const body = { day: dayAt(coming?.day ?? day), reason: '日期有误' };
      const done = await accepted(
        kind === 'withdraw'
          ? call(by, withdrawPairingChange, { params, body })
          : call(by, movePairingChange, { params, body: { ...body, to: on } }),
      );
      if (!done) return;
      expect(coming).not.toBeNull();
      expect(coming?.by).not.toBe(makerNumber);
      if (!coming) return;
      took();
      told.days = [...coming.before];
      told.coming = null;
      if (kind === 'move') {
        replay.fill(id, day, coming.kind === 'end' ? null : coming.helper);
        if (day > today) told.coming = { ...coming, day, by: makerNumber };
      }
      return;
    }
    case 'gone':
      // Seldom, or nobody is left.
      if (one.helper > 1) return;
      took();
      await withdrawHouseholds(world.urls.app, parts.reactions, [household], startOfDay(dayAt(today)));
      told.gone = true;
      replay.fill(id, today, null);
      return;
    case 'poor':
      took();
      told.poor = !told.poor;
      await feedHouseholds(world.urls.app, 1, {
        reactions: parts.reactions,
        ids: [id],
        first: Number(household.number.slice(-5)),
        status: told.poor ? 'registered' : 'none',
      });
      // Who is poor again keeps the helper.
      if (told.poor && told.coming?.kind === 'end') {
        told.days = [...told.coming.before];
        told.coming = null;
      }
  }
}

/** Compares everything the service says of a day with the replay. */
async function compare(replay: Replay, households: readonly FedHousehold[], today: number): Promise<void> {
  const here = households.filter(({ id }) => !replay.of(id).gone);
  const helped = here.filter(({ id }) => replay.of(id).days[today] != null);
  const ids = (rows: readonly { readonly householdId: string }[]) =>
    rows
      .map(({ householdId }) => householdId)
      .filter((id) => households.some((each) => each.id === id))
      .sort();
  const list = async (at: Connection, state: 'paired' | 'without' | 'coming' | 'due' | 'all') =>
    (await call(at, listPairings, { query: { state, limit: 500 } })).rows;
  const paired = await list(maker(0), 'paired');
  expect(ids(paired)).toEqual(helped.map(({ id }) => id).sort());
  for (const row of paired)
    expect(row.helper?.id).toBe(replay.told.get(row.householdId)?.days[today] ?? row.helper?.id);
  const without = here.filter(({ id }) => replay.of(id).poor && replay.of(id).days[today] == null);
  expect(ids(await list(maker(0), 'without'))).toEqual(without.map(({ id }) => id).sort());
  const coming = await list(maker(0), 'coming');
  expect(ids(coming)).toEqual(
    here
      .filter(({ id }) => replay.of(id).coming !== null)
      .map(({ id }) => id)
      .sort(),
  );
  for (const row of coming) {
    const told = replay.told.get(row.householdId)?.coming;
    if (!told) continue;
    expect(row.coming).toMatchObject({ kind: told.kind, day: dayAt(told.day) });
    expect(row.coming?.helper?.id).toBe(told.kind === 'end' ? undefined : told.helper);
  }

  const { rows: cadres } = await call(maker(0), listCadres, { query: { limit: 500 } });
  const { rows: free } = await call(maker(0), listCadres, { query: { limit: 500, free: 'true' } });
  for (const { id, at } of helpers) {
    const own = helped
      .filter((each) => replay.of(each.id).days[today] === id)
      .map((each) => each.id)
      .sort();
    expect(ids(await list(at, 'all'))).toEqual(own);
    const { items } = await call(at, everyService('pairing').listWork, {});
    const { rows: due } = await call(at, listPairings, { query: { state: 'due', limit: 500 } });
    expect(
      items
        .filter(({ kind }) => kind === 'visit-due')
        .map((item) => item.id)
        .sort(),
    ).toEqual(due.map(({ householdId }) => householdId).sort());
    expect(ids(due).every((each) => own.includes(each))).toBe(true);
    const loads = Array.from({ length: BEYOND - today }, (_, n) => replay.load(id, today + n));
    expect(Math.max(...loads)).toBeLessThanOrEqual(QUOTA);
    const row = cadres.find((each) => each.id === id);
    expect([row?.households, row?.placesFree]).toEqual([loads[0], QUOTA - Math.max(...loads)]);
    expect(free.some((each) => each.id === id)).toBe(Math.max(...loads) < QUOTA);
  }
  const { rows: units } = await call(maker(0), listHelpingUnits, {});
  const total = units.reduce((sum, unit) => sum + unit.households, 0);
  expect(total).toBe(helpers.reduce((sum, { id }) => sum + replay.load(id, today), 0));
  const unitIds = cadres.filter(({ unitName }) => unitName === '水利局').map(({ id }) => id);
  expect(ids(await list(manager, 'all'))).toEqual(
    helped
      .filter(({ id }) => unitIds.includes(replay.of(id).days[today] ?? ''))
      .map(({ id }) => id)
      .sort(),
  );
  const { figures } = await call(maker(0), everyService('pairing').getHome, {});
  const figure = (key: string) => figures.find((each) => each.key === key)?.value;
  expect(figure('pairedHouseholds')).toBe((await call(maker(0), listPairings, { query: { state: 'paired' } })).total);
  expect(figure('householdsWithoutHelper')).toBe(
    (await call(maker(0), listPairings, { query: { state: 'without' } })).total,
  );

  for (const { id } of here) {
    const who = replay.of(id).days[today] ?? null;
    const family = world.as(`family-${id}`, { role: 'household', scope: { kind: 'household', id } });
    const { helper } = await call(family, getMyHelper, {});
    expect(helper !== null).toBe(who !== null);
    const { chain } = await call(maker(0), getPairing, { params: { householdId: id } });
    for (let day = 0; day < BEYOND; day++) {
      const at = dayAt(day);
      const on = chain.filter(({ from, until }) => from <= at && (until === null || at < until));
      expect(on.map(({ helperId }) => helperId)).toEqual(
        replay.of(id).days[day] == null ? [] : [replay.of(id).days[day]],
      );
    }
    for (const { id: helperId, at } of helpers) {
      expect(await accepted(call(at, getPairing, { params: { householdId: id } }))).toBe(helperId === who);
    }
  }
}

/** Households of one history alone; those of the ones before it are put aside. */
async function freshHouseholds(): Promise<FedHousehold[]> {
  const client = new pg.Client({ connectionString: world.urls.app, options: '-c search_path=public,platform' });
  await client.connect();
  try {
    await client.query('DELETE FROM pairing_link');
    await client.query('UPDATE household_copy SET withdrawn = true');
  } finally {
    await client.end();
  }
  used += HOUSEHOLDS;
  return feedHouseholds(world.urls.app, HOUSEHOLDS, {
    first: used,
    ids: Array.from({ length: HOUSEHOLDS }, () => randomUUID()),
  });
}

describe('random histories of pairings with days to come', () => {
  it('when each is replayed by hand, then every list, figure, duty, view and quota of every day agrees', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (acts) => {
        world.setNow(startOfDay(FIRST));
        const households = await freshHouseholds();
        const replay = new Replay();
        for (const { id } of households) replay.of(id);
        for (let today = 0; today < BEYOND - 1; today++) {
          world.setNow(new Date(startOfDay(dayAt(today)).getTime() + 3_600_000));
          replay.settle(today);
          for (const one of acts[today] ?? []) await doAct(replay, households, today, one);
          expect(replay.holds).toBe(true);
          // Beyond the history only what was dated ahead happens: some of the days are enough.
          if (today < DAYS ? today % 3 === 0 : today % 5 === 0) await compare(replay, households, today);
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
    for (const kind of KINDS) if (kind !== 'gone') expect(taken.get(kind), kind).toBeGreaterThan(0);
  }, 240_000);
});
