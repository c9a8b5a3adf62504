import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionCode } from '../shared/region.ts';
import { planPairing } from './plan.ts';
import { assignmentCost, isSure, type PlanInput, roomsOf } from './plan-costs.ts';
import { QUOTA_SETS } from './policy.ts';
import { solveTransport } from './transport.ts';
import { PLAN_POLICY } from './policy.fixture.ts';

const RANKS = QUOTA_SETS['5321'];

/**
 * The optimum by shortest augmenting paths over every single household and helper: slow, and nothing in common. A path
 * leaves nobody out who was placed, so those who are sure of a place go first.
 */
function byAugmenting(input: PlanInput): { placed: number; cost: number } {
  const cost = assignmentCost(input);
  const rooms = roomsOf(input);
  const quota = rooms.map((room) => room.quota);
  const sure = input.households.map((household) => {
    const k = input.helpers.findIndex(({ id }) => id === household.today);
    return isSure(household, rooms[k]);
  });
  let isFirst = true;
  const helperOf = input.households.map(() => -1);
  const load = quota.map(() => 0);
  for (;;) {
    const reach = helperOf.map((k, h) => (k === -1 && (!isFirst || sure[h]) ? 0 : Number.POSITIVE_INFINITY));
    const toHelper = quota.map(() => Number.POSITIVE_INFINITY);
    const via = quota.map(() => -1);
    for (let changed = true; changed; ) {
      changed = false;
      for (const [h, far] of reach.entries()) {
        if (!Number.isFinite(far)) continue;
        for (const k of quota.keys()) {
          const c = cost(h, k);
          if (c === null || helperOf[h] === k || far + c >= (toHelper[k] as number)) continue;
          toHelper[k] = far + c;
          via[k] = h;
          changed = true;
        }
      }
      for (const [h, k] of helperOf.entries()) {
        if (k === -1) continue;
        const far = (toHelper[k] as number) - (cost(h, k) ?? 0);
        if (far >= (reach[h] as number)) continue;
        reach[h] = far;
        changed = true;
      }
    }
    let end = -1;
    for (const [k, far] of toHelper.entries()) {
      if ((load[k] as number) < (quota[k] as number) && far < (toHelper[end] ?? Number.POSITIVE_INFINITY)) end = k;
    }
    if (end === -1 && !isFirst) break;
    if (end === -1) {
      isFirst = false;
      continue;
    }
    load[end] = (load[end] as number) + 1;
    for (let k = end; k !== -1; ) {
      const h = via[k] as number;
      const before = helperOf[h] as number;
      helperOf[h] = k;
      k = before;
    }
  }
  let placed = 0;
  let total = 0;
  for (const [h, k] of helperOf.entries()) {
    if (k === -1) continue;
    placed += 1;
    total += cost(h, k) ?? 0;
  }
  return { placed, cost: total };
}

describe('the transport solver', () => {
  it('agrees with shortest augmenting paths on counties of 30 helpers and 50 households', () => {
    const random = fc.record({
      households: fc.array(fc.record({ v: fc.nat(7), today: fc.nat(29), relative: fc.nat(90) }), {
        minLength: 50,
        maxLength: 50,
      }),
      helpers: fc.array(fc.record({ unit: fc.nat(5), rank: fc.nat(3) }), { minLength: 30, maxLength: 30 }),
      units: fc.array(fc.nat(7), { minLength: 6, maxLength: 6 }),
    });
    fc.assert(
      fc.property(random, (r) => {
        const village = (v: number) =>
          regionCode(`2113821${String(Math.floor(v / 3)).padStart(2, '0')}${200 + (v % 3)}`);
        const input: PlanInput = {
          households: r.households.map((h, n) => ({
            id: `h${n}`,
            number: String(100 + n),
            village: village(h.v),
            today: `c${h.today}`,
            relatives: [`c${h.relative}`],
          })),
          helpers: r.helpers.map((c, n) => ({ id: `c${n}`, unit: `u${c.unit}`, rank: RANKS[c.rank]?.rank ?? '' })),
          units: r.units.map((v, n) => ({ id: `u${n}`, villages: [village(v)] })),
          difficulty: new Map([0, 1, 2, 3, 4, 5, 6, 7].map((v) => [village(v), (v * 3) % 5])),
          policy: PLAN_POLICY,
        };
        const { placed, cost } = planPairing(input);
        expect({ placed, cost }).toEqual(byAugmenting(input));
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out as few as possible even where placing is dear, and respects the limits of arcs', () => {
    const solve = (limit: number[]) =>
      solveTransport({
        supply: [2, 1, 0, 0],
        drain: [0, 0, 1, 2],
        from: Int32Array.of(0, 0, 1),
        to: Int32Array.of(2, 3, 2),
        cost: Float64Array.of(0, 1000, 5),
        limit: Int32Array.from(limit),
      });
    expect(solve([9, 9, 9])).toMatchObject({ cost: 2005, unplaced: Int32Array.of(0, 0, 0, 0) });
    expect(solve([9, 1, 9])).toMatchObject({ cost: 1000, unplaced: Int32Array.of(0, 1, 0, 0) });
  });

  it('leaves out none that is first by way of a node where units only pass, on any network', () => {
    const whole = (max: number) => fc.integer({ min: 0, max });
    const network = fc.record({
      first: fc.tuple(whole(3), whole(3)),
      drains: fc.tuple(whole(2), whole(2), whole(2)),
      costs: fc.array(whole(9), { minLength: 8, maxLength: 8 }),
      limits: fc.array(whole(3), { minLength: 8, maxLength: 8 }),
    });
    // Two suppliers, of which the first is first, a node between, and three drains.
    const [FROM, TO] = [
      [0, 0, 0, 1, 1, 1, 2, 2],
      [2, 3, 5, 2, 4, 5, 3, 4],
    ];
    fc.assert(
      fc.property(network, ({ first: supply, drains, costs, limits }) => {
        const solve = (units: readonly number[]) =>
          solveTransport({
            supply: [...units, 0, 0, 0, 0],
            drain: [0, 0, 0, ...drains],
            from: Int32Array.from(FROM),
            to: Int32Array.from(TO),
            cost: Float64Array.from(costs),
            limit: Int32Array.from(limits),
            first: [true, false, false, false, false, false],
          }).unplaced;
        const both = solve(supply);
        // As if there were no others, and never left between.
        expect([both[0], both[2]]).toEqual([solve([supply[0], 0])[0], 0]);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses negative costs', () => {
    const one = Int32Array.of(0);
    const problem = { supply: [1, 0], drain: [0, 1], from: one, to: Int32Array.of(1), limit: Int32Array.of(1) };
    expect(() => solveTransport({ ...problem, cost: Float64Array.of(-1) })).toThrow(RangeError);
  });
});
