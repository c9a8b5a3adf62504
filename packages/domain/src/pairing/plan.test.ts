import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RegionCode, regionCode } from '../shared/region.ts';
import { planChanges, planPairing } from './plan.ts';
import { assignmentCost, isSure, type PlanHelper, type PlanHousehold, type PlanInput, roomsOf } from './plan-costs.ts';
import { placesKnown, type VillagePlace, villageDistance } from './village-distance.ts';
import { PLAN_POLICY } from './policy.fixture.ts';

const V = ['211382100200', '211382100201', '211382101200', '211382102205'].map(regionCode);
const village = (i: number) => V[i] as RegionCode;
const RANKS = ['county-leader', 'township-department-head', 'deputy', 'staff'];

const household = (n: number, v: number, more: Partial<PlanHousehold> = {}): PlanHousehold => ({
  id: `h${n}`,
  number: String(1000 + n),
  village: village(v),
  ...more,
});
const staff = (n: number, unit: string, more: Partial<PlanHelper> = {}): PlanHelper => ({
  id: `c${n}`,
  unit,
  rank: 'staff',
  ...more,
});
const input = (more: Partial<PlanInput>): PlanInput => ({
  households: [],
  helpers: [],
  units: [],
  difficulty: new Map(),
  policy: PLAN_POLICY,
  ...more,
});

/** A helper's quota as the policy or the list says it, without what the households of today take of it. */
const quotaOf = (plan: PlanInput, { rank, quota }: PlanHelper): number =>
  quota ?? plan.policy.ranks.find((rule) => rule.rank === rank)?.quota ?? Number.NaN;

/** Whether the helper a household has today can keep it with all of the others, as an own count says it. */
function keepsSurely(plan: PlanInput, household: PlanHousehold): boolean {
  const helper = plan.helpers.find(({ id }) => id === household.today);
  if (!helper || household.relatives?.includes(helper.id)) return false;
  return plan.households.filter(({ today }) => today === helper.id).length <= quotaOf(plan, helper);
}

/** The best value by trying every assignment: most placed first, then most of the sure ones, then least points. */
function bruteForce(plan: PlanInput): { placed: number; sure: number; cost: number } {
  const cost = assignmentCost(plan);
  const sureOf = plan.households.map((household) => (keepsSurely(plan, household) ? 1 : 0));
  const quota = plan.helpers.map((helper) => {
    const today = plan.households.filter((each) => each.today === helper.id && each.relatives?.includes(helper.id));
    return Math.max(0, quotaOf(plan, helper) - today.length);
  });
  let best = { placed: -1, sure: -1, cost: 0 };
  const walk = (h: number, placed: number, points: number, sure = 0) => {
    if (h === plan.households.length) {
      const better = placed - best.placed || sure - best.sure || best.cost - points;
      if (better > 0) best = { placed, sure, cost: points };
      return;
    }
    walk(h + 1, placed, points, sure);
    for (let k = 0; k < quota.length; k++) {
      const c = cost(h, k);
      if (c === null || (quota[k] as number) === 0) continue;
      quota[k] = (quota[k] as number) - 1;
      walk(h + 1, placed + 1, points + c, sure + (sureOf[h] ?? 0));
      quota[k] = (quota[k] as number) + 1;
    }
  };
  walk(0, 0, 0);
  return best;
}

const small = fc
  .record({
    households: fc.array(
      fc.record({
        v: fc.nat(3),
        today: fc.option(fc.nat(4), { nil: undefined }),
        relatives: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
      }),
      { maxLength: 6 },
    ),
    helpers: fc.array(
      fc.record({ unit: fc.nat(2), rank: fc.nat(3), quota: fc.option(fc.nat(3), { nil: undefined }) }),
      {
        maxLength: 5,
      },
    ),
    units: fc.array(fc.uniqueArray(fc.nat(3), { maxLength: 2 }), { minLength: 3, maxLength: 3 }),
    difficulty: fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }),
    weights: fc.record({
      distance: fc.nat(12),
      change: fc.integer({ min: 0, max: 40 }),
      leadership: fc.nat(6),
    }),
  })
  .map((r) =>
    input({
      households: r.households.map((h, n) =>
        household(n, h.v, {
          ...(h.today !== undefined && { today: `c${h.today}` }),
          relatives: h.relatives.map((k) => `c${k}`),
        }),
      ),
      helpers: r.helpers.map((c, n) => ({
        id: `c${n}`,
        unit: `u${c.unit}`,
        rank: RANKS[c.rank] as string,
        ...(c.quota !== undefined && { quota: c.quota }),
      })),
      units: r.units.map((villages, n) => ({ id: `u${n}`, villages: villages.map(village) })),
      difficulty: new Map(r.difficulty.map((d, n) => [village(n), d])),
      policy: { ...PLAN_POLICY, weights: r.weights },
    }),
  );

describe('the optimal pairing plan', () => {
  it('equals the best of all assignments, keeps quotas, gives nobody a relative, and its points are its own sum', () => {
    fc.assert(
      fc.property(small, (problem) => {
        const plan = planPairing(problem);
        const best = bruteForce(problem);
        expect({ placed: plan.placed, cost: plan.cost }).toEqual({ placed: best.placed, cost: best.cost });
        const cost = assignmentCost(problem);
        const position = new Map(problem.helpers.map((c, k) => [c.id, k]));
        const loads = new Map<string, number>();
        let points = 0;
        let kept = 0;
        plan.placements.forEach((p, h) => {
          if ('reason' in p) return;
          const c = cost(h, position.get(p.helperId) as number);
          expect(c).not.toBeNull();
          points += c ?? 0;
          if (problem.households[h]?.today === p.helperId) kept += 1;
          loads.set(p.helperId, (loads.get(p.helperId) ?? 0) + 1);
        });
        expect(points).toBe(plan.cost);
        expect(kept).toBe(plan.kept);
        for (const [id, load] of loads) {
          expect(load).toBeLessThanOrEqual(quotaOf(problem, problem.helpers[position.get(id) as number] as PlanHelper));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('can always be applied: who finds no place stays, and nobody is given a household beyond the quota', () => {
    fc.assert(
      fc.property(small, (problem) => {
        const { placements } = planPairing(problem);
        const after = problem.households.map((household, h) => {
          const placement = placements[h];
          return placement && 'helperId' in placement ? placement.helperId : household.today;
        });
        problem.households.forEach((household, h) => {
          // Who had a helper has one, and who could keep the helper has a place of the plan.
          if (household.today !== undefined) expect(after[h]).toBeDefined();
          if (keepsSurely(problem, household)) expect(placements[h]).toHaveProperty('helperId');
        });
        for (const helper of problem.helpers) {
          const isGiven = problem.households.some((each, h) => after[h] === helper.id && each.today !== helper.id);
          const load = after.filter((id) => id === helper.id).length;
          if (isGiven) expect(load).toBeLessThanOrEqual(quotaOf(problem, helper));
        }
        const rooms = roomsOf(problem);
        problem.households.forEach((household) => {
          const k = problem.helpers.findIndex(({ id }) => id === household.today);
          expect(isSure(household, rooms[k])).toBe(keepsSurely(problem, household));
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('given a near household without a helper and a far one with one, then the far one keeps its place', () => {
    const households = [household(1, 2, { today: 'c0' }), household(2, 0)];
    const plan = planPairing(
      input({ households, helpers: [staff(0, 'u')], units: [{ id: 'u', villages: [village(0)] }] }),
    );
    expect(plan.placements).toEqual([
      { householdId: 'h1', helperId: 'c0' },
      { householdId: 'h2', reason: 'NO_CAPACITY' },
    ]);
  });

  it('places everybody when the quotas suffice and nobody is related', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 200 }), fc.nat(1000), (villages, salt) => {
        const households = villages.map((v, n) => household(n, v, { today: `c${(n * 7 + salt) % 50}` }));
        const helpers = Array.from({ length: Math.ceil(villages.length / 3) }, (_, n) =>
          staff(n, `u${n % 5}`, { quota: 3 }),
        );
        const plan = planPairing(input({ households, helpers }));
        expect(plan.placed).toBe(villages.length);
      }),
    );
  });

  it('given today’s pairing that breaks no rule, when planned again, then nothing changes', () => {
    const households = [0, 1, 2, 3].map((n) => household(n, n % 2, { today: `c${n}` }));
    const helpers = [0, 1, 2, 3].map((n) => staff(n, 'u'));
    const units = [{ id: 'u', villages: [village(0), village(1)] }];
    const plan = planPairing(input({ households, helpers, units }));
    expect(plan.kept).toBe(4);
    expect(planChanges(plan, new Map(households.map((h) => [h.id, h.today as string])))).toEqual([]);
  });

  it('given a leader and a clerk, then the leader gets the harder village', () => {
    const plan = planPairing(
      input({
        households: [household(0, 0), household(1, 1)],
        helpers: [staff(0, 'u'), staff(1, 'u', { rank: 'county-leader', quota: 1 })],
        units: [{ id: 'u', villages: [village(0), village(1)] }],
        difficulty: new Map([[village(1), 3]]),
      }),
    );
    expect(plan.placements).toEqual([
      { householdId: 'h0', helperId: 'c0' },
      { householdId: 'h1', helperId: 'c1' },
    ]);
  });

  it('given two units, then each unit’s households lie in its village', () => {
    const households = [household(0, 0), household(1, 2), household(2, 0), household(3, 2)];
    const helpers = [staff(0, 'a'), staff(1, 'a'), staff(2, 'b'), staff(3, 'b')];
    const units = [
      { id: 'a', villages: [village(2)] },
      { id: 'b', villages: [village(0)] },
    ];
    const unitOf = planPairing(input({ households, helpers, units })).placements.map((p) =>
      'helperId' in p ? helpers.find((c) => c.id === p.helperId)?.unit : null,
    );
    expect(unitOf).toEqual(['b', 'a', 'b', 'a']);
  });

  it('says why a household has no place', () => {
    const related = household(0, 0, { relatives: ['c0'] });
    const reasonOf = (more: Partial<PlanInput>) => planPairing(input(more)).placements.at(-1);
    expect(reasonOf({ households: [related] })).toMatchObject({ reason: 'NO_HELPER' });
    expect(reasonOf({ households: [related], helpers: [staff(0, 'u')] })).toMatchObject({ reason: 'ONLY_RELATIVES' });
    expect(reasonOf({ households: [household(0, 0), household(1, 0)], helpers: [staff(0, 'u')] })).toMatchObject({
      reason: 'NO_CAPACITY',
    });
    const both = { relatives: ['c0'] };
    expect(
      reasonOf({
        households: [household(0, 0, both), household(1, 0, both)],
        helpers: [staff(0, 'u'), staff(1, 'u')],
      }),
    ).toMatchObject({ reason: 'ONLY_RELATIVES_FREE' });
  });

  it('given an unplaced household that has a helper, then the plan takes nobody from it', () => {
    const households = [household(0, 0), household(1, 0, { today: 'gone' })];
    const plan = planPairing(input({ households, helpers: [staff(0, 'u')] }));
    expect(planChanges(plan, new Map([['h1', 'gone']]))).toEqual([{ householdId: 'h0', to: 'c0' }]);
  });

  it('refuses unknown ranks and doubled records', () => {
    const one = { households: [household(0, 0)] };
    expect(() => planPairing(input({ ...one, helpers: [staff(0, 'u', { rank: 'mayor' })] }))).toThrow('RANK_UNKNOWN');
    expect(() => planPairing(input({ ...one, helpers: [staff(0, 'u'), staff(0, 'u')] }))).toThrow('HELPER_TWICE');
    expect(() => planPairing(input({ households: [household(0, 0), household(0, 1)] }))).toThrow('HOUSEHOLD_TWICE');
    expect(() => planPairing(input({ ...one, helpers: [staff(0, 'u', { quota: -1 })] }))).toThrow('QUOTA_INVALID');
  });

  it('measures distance by neighbours, else by positions, and never by the numbers of the codes', () => {
    const [a, near, next, other] = V as [RegionCode, RegionCode, RegionCode, RegionCode];
    const blind = villageDistance();
    expect([
      blind(a, a),
      blind(a, near),
      blind(a, next),
      blind(a, other),
      blind(a, regionCode('611026100200')),
    ]).toEqual([0, 3, 8, 8, 30]);
    // Codes in a row, far apart on the ground; the next number of another township is the next village.
    const positions = new Map([
      [a, { position: { longitude: 119.4, latitude: 41.2 } }],
      [near, { position: { longitude: 119.8, latitude: 41.2 } }],
      [next, { position: { longitude: 119.42, latitude: 41.21 } }],
    ]);
    const byPosition = villageDistance(positions);
    expect([byPosition(a, near), byPosition(a, next), byPosition(a, other)]).toEqual([11, 1, 8]);
    const beside = new Map<RegionCode, VillagePlace>([
      [a, { neighbours: [next] }],
      [other, { neighbours: [next] }],
      [near, { position: { longitude: 0, latitude: 0 } }],
    ]);
    const byNeighbours = villageDistance(beside);
    expect([byNeighbours(a, next), byNeighbours(next, a), byNeighbours(a, other), byNeighbours(a, near)]).toEqual([
      1, 1, 2, 3,
    ]);
    expect([placesKnown([a, next], beside), placesKnown(V, beside), placesKnown([a], new Map())]).toEqual([
      'all',
      'all',
      'none',
    ]);
    expect(placesKnown([a, other], positions)).toBe('some');
  });

  it('given any two codes of a township, then their numbers do not change how far they lie apart', () => {
    const code = fc.integer({ min: 200, max: 399 }).map((n) => regionCode(`211382100${n}`));
    fc.assert(
      fc.property(code, code, code, (x, y, z) => {
        const distance = villageDistance();
        if (x !== y && x !== z) expect(distance(x, y)).toBe(distance(x, z));
      }),
    );
  });
});
