import { demand } from '../shared/errors.ts';
import type { RegionCode } from '../shared/region.ts';
import type { PlanPolicy, RankRule } from './policy.ts';

/** A household to be placed. `today` is its helper now, `relatives` are helpers who are related to it. */
export interface PlanHousehold {
  readonly id: string;
  readonly number: string;
  readonly village: RegionCode;
  readonly today?: string;
  readonly relatives?: readonly string[];
}

/** A cadre who can answer for households. `quota` is what is left of the rank's for this plan. */
export interface PlanHelper {
  readonly id: string;
  readonly unit: string;
  readonly rank: string;
  readonly quota?: number;
}

/** A helping unit and the villages it is paired with; none = the plan finds it one. */
export interface PlanUnit {
  readonly id: string;
  readonly villages: readonly RegionCode[];
}

export interface PlanInput {
  readonly households: readonly PlanHousehold[];
  readonly helpers: readonly PlanHelper[];
  readonly units: readonly PlanUnit[];
  /** How hard each village is, 0 (default) upwards; whole numbers. */
  readonly difficulty: ReadonlyMap<string, number>;
  readonly policy: PlanPolicy;
}

const STEPS_WITHIN_TOWNSHIP = 9;
const STEPS_WITHIN_COUNTY = 19;
const STEPS_BEYOND = 30;

/**
 * How far apart two villages lie as their codes tell it (neighbours are numbered in turn): 0 the same, 1-9 in one
 * township, 10-19 in the county, 30 beyond.
 */
export function villageDistance(a: RegionCode, b: RegionCode): number {
  if (a === b) return 0;
  if (a.slice(0, 9) === b.slice(0, 9)) {
    return Math.min(Math.abs(Number(a.slice(9)) - Number(b.slice(9))), STEPS_WITHIN_TOWNSHIP);
  }
  if (a.slice(0, 6) !== b.slice(0, 6)) return STEPS_BEYOND;
  const apart = Math.abs(Number(a.slice(6, 9)) - Number(b.slice(6, 9)));
  return Math.min(STEPS_WITHIN_TOWNSHIP + apart, STEPS_WITHIN_COUNTY);
}

/** The quota and rank rule of each helper, in their order. @throws DomainError RANK_UNKNOWN, QUOTA_INVALID. */
export function rulesOf(input: PlanInput): { readonly rule: RankRule; readonly quota: number }[] {
  const byRank = new Map(input.policy.ranks.map((r) => [r.rank, r]));
  return input.helpers.map((helper) => {
    const rule = byRank.get(helper.rank);
    demand(rule, 'RANK_UNKNOWN', { rank: helper.rank });
    const quota = helper.quota ?? rule.quota;
    demand(Number.isSafeInteger(quota) && quota >= 0, 'QUOTA_INVALID', { helper: helper.id, quota });
    return { rule, quota };
  });
}

/**
 * The villages each unit serves: its own, else the one where most of its households are today, else (largest units
 * first) the village with most households that nobody serves yet. Ties go to the lower code.
 */
export function unitVillages(input: PlanInput): Map<string, readonly RegionCode[]> {
  const rules = rulesOf(input);
  const unitOf = new Map(input.helpers.map((h) => [h.id, h.unit]));
  const room = new Map<string, number>(input.units.map((u) => [u.id, 0]));
  input.helpers.forEach((h, i) => {
    room.set(h.unit, (room.get(h.unit) ?? 0) + (rules[i]?.quota ?? 0));
  });
  const waiting = new Map<RegionCode, number>();
  const todayIn = new Map<string, Map<RegionCode, number>>();
  for (const household of input.households) {
    waiting.set(household.village, (waiting.get(household.village) ?? 0) + 1);
    const unit = household.today === undefined ? undefined : unitOf.get(household.today);
    if (unit === undefined) continue;
    const counts = todayIn.get(unit) ?? new Map<RegionCode, number>();
    counts.set(household.village, (counts.get(household.village) ?? 0) + 1);
    todayIn.set(unit, counts);
  }
  const most = (counts: ReadonlyMap<RegionCode, number>): RegionCode | undefined => {
    let best: RegionCode | undefined;
    for (const [village, count] of counts) {
      const top = best === undefined ? Number.NEGATIVE_INFINITY : (counts.get(best) ?? 0);
      if (count > top || (count === top && best !== undefined && village < best)) best = village;
    }
    return best;
  };
  const served = new Map<string, readonly RegionCode[]>();
  const serve = (unit: string, villages: readonly RegionCode[]) => {
    served.set(unit, villages);
    const share = Math.ceil((room.get(unit) ?? 0) / villages.length);
    for (const village of villages) waiting.set(village, (waiting.get(village) ?? 0) - share);
  };
  const own = new Map(input.units.map((u) => [u.id, u.villages]));
  const order = [...room.keys()].sort((a, b) => (room.get(b) ?? 0) - (room.get(a) ?? 0) || (a < b ? -1 : 1));
  const homeless: string[] = [];
  for (const unit of order) {
    const given = own.get(unit) ?? [];
    const usual = given.length === 0 ? most(todayIn.get(unit) ?? new Map()) : undefined;
    if (given.length > 0) serve(unit, [...given].sort());
    else if (usual !== undefined) serve(unit, [usual]);
    else homeless.push(unit);
  }
  for (const unit of homeless) {
    const village = most(waiting);
    if (village === undefined) served.set(unit, []);
    else serve(unit, [village]);
  }
  return served;
}

/** Steps from the nearest of the served villages; 0 when none is served. */
export function stepsTo(served: readonly RegionCode[], village: RegionCode): number {
  let steps = served.length === 0 ? 0 : STEPS_BEYOND;
  for (const own of served) steps = Math.min(steps, villageDistance(own, village));
  return steps;
}

/** The points of a place `steps` away and `ease` degrees below the hardest village, without the cost of a change. */
export function placeCost(policy: PlanPolicy, rule: RankRule, steps: number, ease: number): number {
  return policy.weights.distance * steps + policy.weights.leadership * rule.pull * ease;
}

/** By how many degrees each village is easier than the hardest one. */
export function easeOf(input: PlanInput): (village: RegionCode) => number {
  let hardest = 0;
  for (const household of input.households) hardest = Math.max(hardest, input.difficulty.get(household.village) ?? 0);
  return (village) => hardest - (input.difficulty.get(village) ?? 0);
}

/**
 * The cost of giving household `h` to helper `k` (positions in the input), or null when it may not be: a relative, or a
 * quota of 0. The plan's objective in the plain form, for comparing it with another solver.
 */
export function assignmentCost(input: PlanInput): (h: number, k: number) => number | null {
  const rules = rulesOf(input);
  const served = unitVillages(input);
  const ease = easeOf(input);
  return (h, k) => {
    const household = input.households[h];
    const helper = input.helpers[k];
    const rule = rules[k];
    if (!household || !helper || !rule || rule.quota === 0 || household.relatives?.includes(helper.id)) return null;
    const change = household.today === helper.id ? 0 : input.policy.weights.change;
    const steps = stepsTo(served.get(helper.unit) ?? [], household.village);
    return placeCost(input.policy, rule.rule, steps, ease(household.village)) + change;
  };
}
