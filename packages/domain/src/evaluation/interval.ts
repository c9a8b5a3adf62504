/** A 95 % confidence interval, both ends within 0 … 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const Z = 1.959963984540054;

/** Student's t at 97.5 % for 1-30 degrees of freedom. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The factor of a 95 % interval by degrees of freedom; beyond 30 by the expansion in 1/df (error below 0.001). */
export function studentFactor(freedom: number): number {
  return T[freedom - 1] ?? Z + (Z ** 3 + Z) / (4 * freedom) + (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * freedom ** 2);
}

/** Wilson's score interval of a plain ratio; null without cases. `cases` may be an effective number. */
export function wilson(hits: number, cases: number): Interval | null {
  if (cases <= 0) return null;
  const p = hits / cases;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * cases)) / (1 + z2 / cases);
  const half = (Z / (1 + z2 / cases)) * Math.sqrt((p * (1 - p)) / cases + z2 / (4 * cases * cases));
  return { low: p === 0 ? 0 : Math.max(0, middle - half), high: p === 1 ? 1 : Math.min(1, middle + half) };
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
  const whole = x.reduce((s, v) => s + v, 0);
  if (whole <= 0) return null;
  const value = y.reduce((s, v) => s + v, 0) / whole;
  return { value, residuals: y.map((v, i) => (v - value * (x[i] ?? 0)) / whole) };
}

/** The variance of a linearised statistic between clusters, as if drawn with replacement: k/(k−1) · Σ(z − z̄)². */
export function clusterVariance(residuals: readonly number[]): number | null {
  const k = residuals.length;
  if (k < 2) return null;
  const mean = residuals.reduce((s, z) => s + z, 0) / k;
  return (k / (k - 1)) * residuals.reduce((s, z) => s + (z - mean) ** 2, 0);
}

/** The interval of an estimate from cluster residuals, by Student's t with k − 1 degrees of freedom; null with one cluster. */
export function clusterInterval(value: number, residuals: readonly number[]): Interval | null {
  const variance = clusterVariance(residuals);
  if (variance === null) return null;
  const half = studentFactor(residuals.length - 1) * Math.sqrt(variance);
  return { low: Math.max(0, value - half), high: Math.min(1, value + half) };
}
