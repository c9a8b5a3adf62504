import { effectiveSample, exactInterval } from './interval.ts';
import type { SampleDesign } from './sampler.ts';
import type { RateThresholds } from './thresholds.ts';

/** What a sample draws of the households of one rate. */
export interface PowerDesign {
  readonly villages: number;
  /** Households of the rate in each village. */
  readonly perVillage: number;
}

/** How often draws of a design would end so, by the true rate; shares 0 … 1. */
export interface Chances {
  /** The official ratio lies below the limit. */
  readonly passes: number;
  readonly accepted: number;
  readonly notAccepted: number;
}

/** How alike households of a village are taken to be, and what unequal households and weights cost on top. */
const ALIKE = 0.05;
const UNEQUAL = 1.15;

/** Chances of 0 … most cases among a village's households: beta-binomial around the rate. */
function casesInVillage(perVillage: number, rate: number, most: number): number[] {
  const a = (rate * (1 - ALIKE)) / ALIKE;
  const b = ((1 - rate) * (1 - ALIKE)) / ALIKE;
  const chances: number[] = [];
  let chance = 1;
  for (let i = 0; i < perVillage; i++) chance *= (b + i) / (a + b + i);
  for (let c = 0; c <= Math.min(most, perVillage); c++) {
    chances.push(chance);
    chance *= ((perVillage - c) / (c + 1)) * ((a + c) / (b + perVillage - c - 1));
  }
  return chances;
}

function add(one: readonly number[], other: readonly number[], most: number): number[] {
  const sum = Array.from({ length: Math.min(most, one.length + other.length - 2) + 1 }, () => 0);
  one.forEach((p, i) => {
    const last = Math.min(other.length - 1, most - i);
    for (let j = 0; j <= last; j++) sum[i + j] = (sum[i + j] ?? 0) + p * (other[j] ?? 0);
  });
  return sum;
}

/** Chances of 0 … most cases in the sample, all villages together. */
function casesInSample({ villages, perVillage }: PowerDesign, rate: number, most: number): number[] {
  let total = [1];
  let power = casesInVillage(perVillage, rate, most);
  for (let left = villages; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) total = add(total, power, most);
    power = add(power, power, most);
  }
  return total;
}

/** The interval that a sample with so many case households is expected to give. */
function expectedInterval({ villages, perVillage }: PowerDesign, caseHouseholds: number) {
  const households = villages * perVillage;
  const value = caseHouseholds / households;
  const loss = (1 + ALIKE * (perVillage - 1)) * UNEQUAL;
  const variance = (value * (1 - value) * loss) / households;
  return exactInterval(
    value,
    effectiveSample({
      value,
      variance,
      households,
      caseHouseholds,
      villages,
      freedom: villages - 1,
      worth: households / UNEQUAL,
      sizeOfFew: households,
    }),
  );
}

const sumTo = (chances: readonly number[], last: number) =>
  chances.slice(0, last + 1).reduce((sum, chance) => sum + chance, 0);

/**
 * How often a design would pass, accept or not accept a county, before anything is drawn (docs/reference/rates.md). The
 * case households of a sample are summed up exactly as beta-binomial variables of the villages; each number of them is
 * judged by the interval it would give with the loss expected of villages and weights. Needs two villages.
 */
export function chancesOf(design: PowerDesign, limit: number, trueRate: number): Chances {
  const households = design.villages * design.perVillage;
  if (design.villages < 2 || design.perVillage < 1) return { passes: 0, accepted: 0, notAccepted: 0 };
  const isAccepted = (c: number) => expectedInterval(design, c).high < limit;
  const isFailed = (c: number) => expectedInterval(design, c).low >= limit;
  const lastBelow = Math.ceil(limit * households) - 1;
  let accepted = -1;
  while (accepted < lastBelow && isAccepted(accepted + 1)) accepted += 1;
  let failed = lastBelow + 1;
  while (failed <= households && !isFailed(failed)) failed += 1;
  const chances = casesInSample(design, trueRate, failed);
  return {
    passes: sumTo(chances, lastBelow),
    accepted: sumTo(chances, accepted),
    notAccepted: failed > households ? 0 : Math.max(0, 1 - sumTo(chances, failed - 1)),
  };
}

const TARGET = 0.9;
const MOST_VILLAGES = 1000;

/**
 * The villages it takes, with so many households each, that nine draws in ten show a county of this true rate as what it
 * is: accepted below the limit, not accepted above. Null when a thousand do not do.
 */
function villagesToShow(perVillage: number, limit: number, trueRate: number): number | null {
  const shows = (villages: number) => {
    const chances = chancesOf({ villages, perVillage }, limit, trueRate);
    return (trueRate < limit ? chances.accepted : chances.notAccepted) >= TARGET;
  };
  if (perVillage < 1) return null;
  let high = 2;
  while (!shows(high)) {
    high *= 2;
    if (high > MOST_VILLAGES) return null;
  }
  let low = Math.max(2, high / 2);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (shows(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** What a design can show of one figure when it is really so large. */
export interface RatePower {
  readonly rate: 'wrongExit' | 'missed' | 'approval';
  readonly truth: number;
  readonly chances: Chances;
  /** The sample that nine draws in ten need to show it; null when a thousand villages do not do. */
  readonly needed: PowerDesign | null;
}

/** A county well below a limit, and one above it. */
const TRUTHS = [0.25, 1.5] as const;

/**
 * The power of a plan for each rate and for approval, at a quarter of the limit and at one and a half times it. Of
 * monitored households the plan does not know which rate they count in; they are left out and only add to it. Approval is
 * looked at as disapproval below what the threshold leaves.
 */
export function designPower(
  { villages, take }: Pick<SampleDesign, 'villages' | 'take'>,
  thresholds: Pick<RateThresholds, 'wrongExitBp' | 'missedBp' | 'approvalBp'>,
): RatePower[] {
  const everyone = Object.values(take).reduce((sum, count) => sum + count, 0);
  const figures = [
    { rate: 'wrongExit', perVillage: take.exited, limitBp: thresholds.wrongExitBp },
    { rate: 'missed', perVillage: take.general, limitBp: thresholds.missedBp },
    { rate: 'approval', perVillage: everyone, limitBp: 10_000 - thresholds.approvalBp },
  ] as const;
  return figures.flatMap(({ rate, perVillage, limitBp }) =>
    TRUTHS.map((part): RatePower => {
      const limit = limitBp / 10_000;
      const truth = limit * part;
      const isPossible = truth > 0 && truth < 1;
      const enough = isPossible ? villagesToShow(perVillage, limit, truth) : null;
      return {
        rate,
        truth: rate === 'approval' ? 1 - truth : truth,
        chances: isPossible
          ? chancesOf({ villages, perVillage }, limit, truth)
          : { passes: 0, accepted: 0, notAccepted: 0 },
        needed: enough === null ? null : { villages: enough, perVillage },
      };
    }),
  );
}
