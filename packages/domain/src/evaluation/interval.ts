import { betaQuantile, studentFactor } from './beta.ts';

/** A 95 % confidence interval, both ends within 0 … 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An estimate from a sample with its interval; null where the sample gives none. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval | null;
}

const TAIL = 0.025;

/** With fewer cases than these a variance says nothing; how alike a village's households are taken to be then. */
const FEW_CASES = 3;
const ASSUMED_CORRELATION = 0.05;

/** What a share's interval needs to know of its sample. */
export interface ShareSample {
  /** The estimated share, 0 … 1. */
  readonly value: number;
  /** Its variance between villages (linearised). */
  readonly variance: number;
  /** Households interviewed, and those of them that have a case; villages with a household. */
  readonly households: number;
  readonly caseHouseholds: number;
  readonly villages: number;
  /** Villages less their strata. */
  readonly freedom: number;
  /** What the households are worth in equally weighted ones (Kish: (Σs)² ÷ Σs², s the persons one stands for). */
  readonly worth: number;
  /** What counts as the sample while cases are few, before it is reduced for villages. */
  readonly sizeOfFew: number;
}

/** What households are worth when those of one village are alike: households ÷ (1 + 0.05 × (households a village − 1)). */
export const worthOfAlike = (households: number, perVillage: number): number =>
  households / (1 + ASSUMED_CORRELATION * Math.max(0, perVillage - 1));

/** The number of independent households that would tell as much as this sample. */
export function effectiveSample(sample: ShareSample): number {
  const { value, variance, households, caseHouseholds, villages, freedom, worth } = sample;
  const isFew = Math.min(caseHouseholds, households - caseHouseholds) < FEW_CASES;
  if (isFew) return worthOfAlike(sample.sizeOfFew, households / villages);
  // The sum of rounded weights may come out a hair above the number.
  const most = Math.min(households, worth);
  if (variance <= 0) return most;
  const correction = (studentFactor(households - 1) / studentFactor(freedom)) ** 2;
  return Math.min(most, ((value * (1 - value)) / variance) * correction);
}

/** The exact interval of Clopper and Pearson for a share of a sample; neither need be whole. */
export function exactInterval(value: number, size: number): Interval {
  const hits = value * size;
  return {
    low: value <= 0 ? 0 : betaQuantile(TAIL, hits, size - hits + 1),
    high: value >= 1 ? 1 : betaQuantile(1 - TAIL, hits + 1, size - hits),
  };
}

/**
 * The interval of a share by Korn and Graubard (Survey Methodology 24, 1998): exact beta bounds on the effective sample
 * size, corrected for degrees of freedom, never above what the interviews are worth; null with no degree of freedom.
 */
export function shareInterval(sample: ShareSample): Interval | null {
  if (sample.freedom < 1 || sample.households < 2) return null;
  return exactInterval(sample.value, effectiveSample(sample));
}

/** A ratio Σwy ÷ Σwx with its linearised residuals, one sum per cluster, in the order of the clusters. */
export interface WeightedRatio {
  readonly value: number;
  readonly residuals: readonly number[];
}

/**
 * The ratio estimator over clusters: `y` and `x` hold each cluster's weighted sums. The residual of a cluster is
 * (y − Rx) ÷ X (Taylor linearisation); null when X is 0.
 */
export function weightedRatio(y: readonly number[], x: readonly number[]): WeightedRatio | null {
  const total = x.reduce((s, v) => s + v, 0);
  if (total <= 0) return null;
  const value = y.reduce((s, v) => s + v, 0) / total;
  return { value, residuals: y.map((v, i) => (v - value * (x[i] ?? 0)) / total) };
}

/**
 * The variance of a linearised statistic: within each stratum k ÷ (k − 1) × Σ(z − z̄)² over its k clusters, as if drawn
 * with replacement (rather too large, never too small). A stratum of one cluster adds nothing: merge it before.
 */
export function clusterVariance(residuals: readonly number[], strata: readonly string[]): number {
  let variance = 0;
  for (const own of Map.groupBy(residuals.keys(), (i) => strata[i] ?? '').values()) {
    const k = own.length;
    if (k < 2) continue;
    const z = own.map((i) => residuals[i] ?? 0);
    const mean = z.reduce((s, v) => s + v, 0) / k;
    variance += (k / (k - 1)) * z.reduce((s, v) => s + (v - mean) ** 2, 0);
  }
  return variance;
}
