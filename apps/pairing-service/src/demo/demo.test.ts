import { call } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { listCadres } from '@bangfu/contracts/pairing/cadres';
import { getPairing, listPairings } from '@bangfu/contracts/pairing/pairings';
import { listPlans } from '@bangfu/contracts/pairing/plans';
import { getVisitPhoto, listVisits } from '@bangfu/contracts/pairing/visits';
import { send } from '@bangfu/contracts/core/client';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { followFigures } from '@bangfu/platform/testing/figures';
import { walkLists } from '@bangfu/platform/testing/lists';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../app.ts';
import { announceHouseholds, COUNTY, type FedHousehold, feedHouseholds, feedRegions } from '../testing/register.ts';

const TODAY = new Date('2026-11-22T06:00:00Z');
const account = (id: string) => ({ id: `demo-${id}`, name: id });

let world: TestService;
let announced: FedHousehold[];

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  world.setNow(TODAY);
  await feedRegions(world.urls.app);
  const households = await feedHouseholds(world.urls.app, 160);
  announced = households.slice(0, 6);
  await announceHouseholds(world.urls.app, announced.slice(0, 3), '2026-11-05');
  await announceHouseholds(world.urls.app, announced.slice(3), '2026-11-22');
});
afterAll(() => world.stop());

describe('given a register, when the demo is made', () => {
  it('then every registered household has a helper within the quotas, and there are visits with photos', async () => {
    const accounts = { county: account('county'), leader: account('leader'), township: account('township') };
    const scopes = await world.service.demo?.({ countyCode: COUNTY, accounts, today: TODAY });
    const office = world.as('office', grant('county-office'));
    expect((await call(office, listPairings, { query: { state: 'without' } })).total).toBe(0);
    expect((await call(office, listPairings, { query: { state: 'paired' } })).total).toBe(160);
    for (const [i, { id }] of announced.entries()) {
      const { helper } = await call(office, getPairing, { params: { householdId: id } });
      expect(helper?.since).toBe(i < 3 ? '2026-11-05' : '2026-11-22');
      const { rows: made } = await call(office, listVisits, { query: { household: id } });
      for (const { at } of made) expect(businessDayOf(new Date(at)) >= (helper?.since ?? '')).toBe(true);
    }
    const { rows: cadres } = await call(office, listCadres, { query: { limit: 500 } });
    for (const { households, quota } of cadres) expect(households).toBeLessThanOrEqual(quota ?? 0);
    const plans = await call(office, listPlans, {});
    expect(plans.rows.map(({ state }) => state)).toEqual(['draft', 'applied']);
    const visits = await call(office, listVisits, { query: { limit: 5 } });
    expect(visits.total).toBeGreaterThan(100);
    const [visit] = visits.rows;
    const photo = await send(office, getVisitPhoto, {
      params: { visitId: visit?.id ?? '', sha256: visit?.photos[0] ?? '' },
    });
    expect(photo.headers.get('content-type')).toBe('image/png');

    const helperScope = scopes?.['helper'];
    if (!helperScope) throw new Error('the demo gave no helper');
    const helper = world.as('helper', { role: 'helper', scope: helperScope });
    expect((await call(helper, listPairings, {})).total).toBeGreaterThan(1);
    const { items } = await call(helper, everyService('pairing').listWork, {});
    expect(items.some(({ overdue }) => overdue)).toBe(true);
    expect(scopes?.['unit']).toMatchObject({ kind: 'unit' });
    const home = await call(office, everyService('pairing').getHome, {});
    expect(home.figures.map(({ key, value }) => [key, (value ?? 0) > 0])).toEqual([
      ['helpers', true],
      ['pairedHouseholds', true],
      ['householdsWithoutHelper', false],
      ['visitsThisMonth', true],
      ['overdueHouseholds', true],
    ]);

    // Every figure is what the rows it opens come to, for every role.
    const { followed, wrong } = await followFigures(world, 'pairing', '211382101000');
    expect(wrong).toEqual([]);
    expect(followed.size).toBe(5);
  }, 120_000);

  it('when its lists are walked in each order, then every record comes once and in its place', async () => {
    const office = world.as('office', grant('county-office'));
    const plan = (await call(office, listPlans, {})).rows.at(-1);
    const { wrong, thin } = await walkLists('pairing', { ...world, params: { planId: plan?.id ?? '' } });
    expect(wrong).toEqual([]);
    expect(thin).toEqual(['listPlans']);
  });
});
