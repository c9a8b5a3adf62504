import { demand } from '../shared/errors.ts';
import type { RegionCode } from '../shared/region.ts';
import type { PlanPolicy, RankRule } from './policy.ts';
import { MOST_STEPS, type VillageDistance, type VillagePlaces, villageDistance } from './village-distance.ts';

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
  /** Where the villages lie, as far as the county's table of divisions says it; without it distance is not used. */
  readonly places?: VillagePlaces;
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
export function stepsTo(served: readonly RegionCode[], village: RegionCode, distance: VillageDistance): number {
  let steps = served.length === 0 ? 0 : MOST_STEPS;
  for (const own of served) steps = Math.min(steps, distance(own, village));
  return steps;
}

/** What a helper can take of the plan. */
export interface Room {
  readonly rule: RankRule;
  /** Places for the plan's households; those whom the helper keeps without a place of the plan are taken off. */
  readonly quota: number;
  /** Whether only the households the helper has today can be given to him: there are more of them than the quota allows. */
  readonly isFull: boolean;
}

/**
 * What each helper can take, so that a plan can always be applied. A household that finds no place stays with today's
 * helper: a relative's household therefore keeps its place, and a helper above his quota is given none besides his own.
 */
export function roomsOf(input: PlanInput): Room[] {
  const rules = rulesOf(input);
  const position = new Map(input.helpers.map((helper, k) => [helper.id, k]));
  const today = input.helpers.map(() => ({ all: 0, barred: 0 }));
  for (const { today: helper, relatives } of input.households) {
    const own = today[position.get(helper ?? '') ?? -1];
    if (!own) continue;
    own.all += 1;
    if (relatives?.includes(helper ?? '')) own.barred += 1;
  }
  return rules.map(({ rule, quota }, k) => {
    const { all = 0, barred = 0 } = today[k] ?? {};
    return { rule, quota: Math.max(0, quota - barred), isFull: all > quota };
  });
}

/** Whether a household can be given to a helper: not a relative, with a place, and no other one to a full helper. */
export function mayHave(household: PlanHousehold, helper: PlanHelper, room: Room): boolean {
  if (room.quota === 0 || household.relatives?.includes(helper.id)) return false;
  return !room.isFull || household.today === helper.id;
}

/**
 * Whether a household is sure to have a place: today's helper can keep it within the quota with all of the others. Such
 * a household is placed before one that would stay without a helper, or with one above the quota.
 */
export function isSure(household: PlanHousehold, room: Room | undefined): boolean {
  const { today } = household;
  return today !== undefined && room !== undefined && !room.isFull && !household.relatives?.includes(today);
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
 * The cost of giving household `h` to helper `k` (positions in the input), or null when it may not be (`mayHave`). The
 * plan's objective in the plain form, for comparing it with another solver.
 */
export function assignmentCost(input: PlanInput): (h: number, k: number) => number | null {
  const rooms = roomsOf(input);
  const served = unitVillages(input);
  const ease = easeOf(input);
  const distance = villageDistance(input.places);
  return (h, k) => {
    const household = input.households[h];
    const helper = input.helpers[k];
    const room = rooms[k];
    if (!household || !helper || !room || !mayHave(household, helper, room)) return null;
    const change = household.today === helper.id ? 0 : input.policy.weights.change;
    const steps = stepsTo(served.get(helper.unit) ?? [], household.village, distance);
    return placeCost(input.policy, room.rule, steps, ease(household.village)) + change;
  };
}
