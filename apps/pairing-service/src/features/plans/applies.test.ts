import { randomUUID } from 'node:crypto';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { listCadres } from '@bangfu/contracts/pairing/cadres';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { applyPlan, approvePlan, getPlan, listPlanRows, makePlan } from '@bangfu/contracts/pairing/plans';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import * as fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { COUNTY, feedHouseholds, feedRegions, TOWNSHIPS } from '../../testing/register.ts';

/*
 * Random counties, also such whose helpers have more households than their quotas, relatives among their households and
 * changes to come: what was made and approved is applied, and nobody who had a helper is without one.
 */

let world: TestService;
let office: Connection;
let leader: Connection;
let used = 0;
const VILLAGES = TOWNSHIPS.flatMap(({ villages }) => villages);

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  leader = world.as('leader', grant('county-leader'));
  await feedRegions(world.urls.app);
});
afterAll(() => world.stop());

async function query<R extends object>(text: string, params: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: world.urls.app, options: '-c search_path=public,platform' });
  await client.connect();
  try {
    return (await client.query<R>(text, params)).rows;
  } finally {
    await client.end();
  }
}

const county = fc.record({
  helpers: fc.array(fc.record({ quota: fc.nat(3), villages: fc.uniqueArray(fc.nat(4), { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 6,
  }),
  households: fc.array(
    fc.record({
      today: fc.option(fc.nat(7), { nil: null, freq: 5 }),
      relative: fc.option(fc.nat(5), { nil: null, freq: 1 }),
      /** Another helper from a day to come. */
      coming: fc.option(fc.nat(5), { nil: null, freq: 1 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  positions: fc.boolean(),
  ahead: fc.nat(60),
});

type County = typeof county extends fc.Arbitrary<infer C> ? C : never;

/** Writes a county as no rule has checked it: a policy may have changed since its pairings were made. */
async function write({ helpers, households, positions }: County): Promise<string[]> {
  await query('DELETE FROM pairing_link');
  await query('UPDATE household_copy SET withdrawn = true');
  await query('DELETE FROM plan_placement');
  await query('DELETE FROM pairing_plan');
  await query('DELETE FROM cadre');
  await query('DELETE FROM unit');
  await query(
    `UPDATE region_copy SET longitude = CASE WHEN $1 THEN 119 + right(code, 2)::int / 50.0 END,
    latitude = CASE WHEN $1 THEN 41 END`,
    [positions],
  );
  used += households.length + 1;
  const fed = await feedHouseholds(world.urls.app, households.length, { first: used });
  const ids = helpers.map(() => randomUUID());
  for (const [n, { quota, villages }] of helpers.entries()) {
    const unit = randomUUID();
    const related = fed.filter((_, h) => households[h]?.relative === n).map(({ number }) => number);
    await query('INSERT INTO unit (id, county_code, name, seat_code, village_codes) VALUES ($1, $2, $3, $2, $4)', [
      unit,
      COUNTY,
      `单位${n}`,
      villages.map((v) => VILLAGES[v]),
    ]);
    await query(
      `INSERT INTO cadre (id, county_code, unit_id, name, rank, quota, relative_numbers)
       VALUES ($1, $2, $3, $4, 'township-department-head', $5, $6)`,
      [ids[n], COUNTY, unit, `干部${n}`, quota, related],
    );
  }
  const link = (household: string, helper: string, from: string, end: string | null) =>
    query(
      `INSERT INTO pairing_link (id, county_code, household_id, cadre_id, unit_id, valid_from, valid_until, account_id, account_name)
       SELECT uuidv7(), $1, $2, $3, unit_id, $4::date, $5::date, 'test', 'test' FROM cadre WHERE id = $3`,
      [COUNTY, household, helper, from, end],
    );
  const had: string[] = [];
  for (const [h, { today, coming }] of households.entries()) {
    const id = fed[h]?.id ?? '';
    const helper = ids[today ?? -1];
    const next = ids[coming ?? -1];
    const end = next && next !== helper ? '2026-03-20' : null;
    if (helper) {
      await link(id, helper, '2026-01-10', end);
      had.push(id);
    }
    if (next && end) await link(id, next, end, null);
  }
  return had;
}

describe('an approved plan of an unchanged county', () => {
  it('given any county, when its plan is made, approved and applied, then it is taken and nobody loses a helper', async () => {
    await fc.assert(
      fc.asyncProperty(county, async (given) => {
        const had = await write(given);
        const before = new Map(
          (await call(office, listCadres, { query: { limit: 500 } })).rows.map((cadre) => [cadre.id, cadre.households]),
        );
        const { id } = await call(office, makePlan, { body: { region: COUNTY } });
        const read = () => call(office, getPlan, { params: { planId: id } });
        const draft = await until('the plan is computed', async () => {
          const plan = await read();
          return plan.state === 'computing' ? null : plan;
        });
        expect(draft.state).toBe('draft');
        expect(draft.figures?.distance).toBe(given.positions ? 'all' : 'none');
        const params = { planId: id };
        const { version } = await call(leader, approvePlan, { params, body: { version: draft.version } });
        const open = await read();
        expect(open.steps.find(({ step }) => step === 'apply')).toMatchObject({ open: true });
        const from = new Date(Date.parse(open.earliest ?? '') + given.ahead * 86_400_000).toISOString().slice(0, 10);
        await call(office, applyPlan, { params, body: { version, from } });
        const staying = (await call(office, listPlanRows, { params, query: { change: 'unplaced', limit: 500 } })).rows;
        expect(staying.filter(({ today }) => today !== null)).toHaveLength(draft.figures?.staying ?? -1);
        for (const row of staying) if (row.today) expect(row.message).toMatch(/现责任人帮扶/);
        const stays = new Set(staying.map(({ today }) => today?.id));
        // On the day and long after it, who had a helper has one, and nobody was given one beyond the quota.
        for (const day of [from, '2026-07-01']) {
          world.setNow(new Date(`${day}T02:00:00Z`));
          const paired = (await call(office, listPairings, { query: { state: 'paired', limit: 500 } })).rows;
          const now = new Set(paired.map(({ householdId }) => householdId));
          for (const household of had) expect(now.has(household)).toBe(true);
          for (const cadre of (await call(office, listCadres, { query: { limit: 500 } })).rows) {
            const isAbove = cadre.households > (cadre.quota ?? 0);
            if (isAbove && !given.households.some(({ coming }) => coming !== null)) {
              expect(stays.has(cadre.id)).toBe(true);
              expect(cadre.households).toBeLessThanOrEqual(before.get(cadre.id) ?? 0);
            }
          }
          world.setNow(new Date('2026-03-02T02:00:00Z'));
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 240_000);
});
