import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RegionCode, regionCode } from '../shared/region.ts';
import { planChanges, planPairing } from './plan.ts';
import { assignmentCost, type PlanHelper, type PlanHousehold, type PlanInput, villageDistance } from './plan-costs.ts';
import { DEFAULT_PLAN_POLICY } from './policy.ts';

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
  policy: DEFAULT_PLAN_POLICY,
  ...more,
});

/** The best value by trying every assignment: most placed first, then least points. */
function bruteForce(plan: PlanInput): { placed: number; cost: number } {
  const cost = assignmentCost(plan);
  const quota = plan.helpers.map(
    (c) => c.quota ?? plan.policy.ranks.find((r) => r.rank === c.rank)?.quota ?? Number.NaN,
  );
  let best = { placed: -1, cost: 0 };
  const walk = (h: number, placed: number, points: number) => {
    if (h === plan.households.length) {
      if (placed > best.placed || (placed === best.placed && points < best.cost)) best = { placed, cost: points };
      return;
    }
    walk(h + 1, placed, points);
    for (let k = 0; k < quota.length; k++) {
      const c = cost(h, k);
      if (c === null || (quota[k] as number) === 0) continue;
      quota[k] = (quota[k] as number) - 1;
      walk(h + 1, placed + 1, points + c);
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
      policy: { ...DEFAULT_PLAN_POLICY, weights: r.weights },
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
          const helper = problem.helpers[position.get(id) as number] as PlanHelper;
          expect(load).toBeLessThanOrEqual(
            helper.quota ?? (problem.policy.ranks.find((r) => r.rank === helper.rank)?.quota as number),
          );
        }
      }),
      { numRuns: 2000 },
    );
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

  it('measures distance between villages by their codes', () => {
    const [a, near, next, other] = V as [RegionCode, RegionCode, RegionCode, RegionCode];
    expect(villageDistance(a, a)).toBe(0);
    expect(villageDistance(a, near)).toBe(1);
    expect(villageDistance(a, next)).toBe(10);
    expect(villageDistance(a, other)).toBe(11);
    expect(villageDistance(a, regionCode('611026100200'))).toBe(30);
  });
});
