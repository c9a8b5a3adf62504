import type { Stratum } from './frame.ts';
import { DEFAULT_THRESHOLDS, type RateThresholds } from './thresholds.ts';
import { clusterInterval, type Interval, type WeightedRatio, weightedRatio, wilson } from './interval.ts';

/** What an evaluated household counts for. Persons by stratum; `weight` is the design weight of the household. */
export interface RateRow {
  readonly village: string;
  readonly stratum: Stratum;
  readonly persons: number;
  readonly weight: number;
  /** Persons found wrongly exited; only in the stratum exited. */
  readonly wronglyExited: number;
  /** Persons found to qualify though not registered; only in the stratum general. */
  readonly missed: number;
  /** Whether the household was asked for its approval, and gave it. */
  readonly approval?: boolean;
}

/** Persons of the whole county at the frame's date. */
export interface RatePopulation {
  readonly registeredPoor: number;
  readonly exited: number;
  readonly notRegistered: number;
  readonly rural: number;
}

export interface Rate {
  readonly hits: number;
  readonly cases: number;
  /** hits ÷ cases; null when nothing was to be counted. */
  readonly value: number | null;
  /** Wilson's interval of the plain ratio. */
  readonly interval: Interval | null;
  /** The design-weighted estimate and its interval between villages. */
  readonly weighted: { readonly value: number; readonly interval: Interval | null } | null;
  /** Whether the threshold is met, on the plain ratio, compared exactly; null when it cannot be said. */
  readonly met: boolean | null;
}

export interface Rates {
  readonly wrongExit: Rate;
  readonly missed: Rate;
  readonly approval: Rate;
  readonly composite: {
    readonly value: number | null;
    readonly weighted: { readonly value: number; readonly interval: Interval | null } | null;
    readonly met: boolean | null;
  };
  /** One threshold failed: not accepted. None failed but one cannot be said: incomplete. */
  readonly verdict: 'accepted' | 'not-accepted' | 'incomplete';
}

interface Counted {
  readonly plain: { readonly hits: number; readonly cases: number };
  readonly ratio: WeightedRatio | null;
}

/** Adds up one ratio, plain and weighted by village. */
function count(
  rows: readonly RateRow[],
  villages: ReadonlyMap<string, number>,
  of: (row: RateRow) => { readonly hits: number; readonly cases: number } | null,
): Counted {
  const y = Array.from(villages, () => 0);
  const x = Array.from(villages, () => 0);
  let hits = 0;
  let cases = 0;
  for (const row of rows) {
    const part = of(row);
    if (part === null) continue;
    hits += part.hits;
    cases += part.cases;
    const v = villages.get(row.village) ?? 0;
    y[v] = (y[v] ?? 0) + row.weight * part.hits;
    x[v] = (x[v] ?? 0) + row.weight * part.cases;
  }
  return { plain: { hits, cases }, ratio: weightedRatio(y, x) };
}

/**
 * The weighted estimate with its interval. When no case or every case is a hit the villages do not differ and the
 * linearised variance is 0; Wilson's interval on the plain cases stands in.
 */
function weightedOf({ plain, ratio }: Counted): Rate['weighted'] {
  if (ratio === null) return null;
  const degenerate = plain.hits === 0 || plain.hits === plain.cases;
  const interval = degenerate ? wilson(plain.hits, plain.cases) : clusterInterval(ratio.value, ratio.residuals);
  return { value: ratio.value, interval };
}

function rate(counted: Counted, met: (hits: bigint, cases: bigint) => boolean): Rate {
  const { hits, cases } = counted.plain;
  return {
    hits,
    cases,
    value: cases === 0 ? null : hits / cases,
    interval: wilson(hits, cases),
    weighted: weightedOf(counted),
    met: cases === 0 ? null : met(BigInt(hits), BigInt(cases)),
  };
}

/** The sampled persons and hits of a stratum that the county does not have count as 0 of 1: nothing to estimate. */
const orNothing = (plain: Counted['plain'], population: number) =>
  plain.cases === 0 && population === 0 ? { hits: 0, cases: 1 } : plain;

function composite(
  wrong: Counted,
  missed: Counted,
  population: RatePopulation,
  thresholdBp: number,
): Rates['composite'] {
  const w = orNothing(wrong.plain, population.exited);
  const m = orNothing(missed.plain, population.notRegistered);
  if (w.cases === 0 || m.cases === 0 || population.rural === 0) return { value: null, weighted: null, met: null };
  const [P, E, G, N] = [population.registeredPoor, population.exited, population.notRegistered, population.rural];
  const value = (P + (w.hits / w.cases) * E + (m.hits / m.cases) * G) / N;
  const cases = BigInt(w.cases) * BigInt(m.cases);
  const poor =
    BigInt(P) * cases + BigInt(w.hits) * BigInt(m.cases) * BigInt(E) + BigInt(m.hits) * BigInt(w.cases) * BigInt(G);
  const met = poor * 10_000n < BigInt(thresholdBp) * BigInt(N) * cases;
  const factors = [
    { ratio: wrong.ratio, factor: E / N },
    { ratio: missed.ratio, factor: G / N },
  ];
  let estimate = P / N;
  const residuals: number[] = [];
  for (const { ratio, factor } of factors) {
    if (ratio === null) continue;
    estimate += factor * ratio.value;
    ratio.residuals.forEach((z, i) => {
      residuals[i] = (residuals[i] ?? 0) + factor * z;
    });
  }
  // Without a single finding the villages do not differ; the upper ends of both plain intervals bound it instead.
  const upper = (E * (wilson(0, w.cases)?.high ?? 0) + G * (wilson(0, m.cases)?.high ?? 0)) / N;
  const bound = { low: estimate, high: Math.min(1, estimate + upper) };
  const interval = w.hits + m.hits === 0 ? bound : clusterInterval(estimate, residuals);
  return { value, weighted: { value: estimate, interval }, met };
}

/**
 * The three rates and one degree (三率一度, domain §10) of evaluated households, with the verdict. Ratios are on persons,
 * approval on households. Beside each plain ratio stands the design-weighted estimate: the ratio Σwy ÷ Σwx, its variance
 * by Taylor linearisation between villages as first-stage clusters drawn with replacement (slightly too large, never too
 * small). The verdict uses the plain ratios, compared in whole numbers.
 */
export function evaluateRates(
  rows: readonly RateRow[],
  population: RatePopulation,
  thresholds: RateThresholds = DEFAULT_THRESHOLDS,
): Rates {
  const villages = new Map<string, number>();
  for (const row of rows) if (!villages.has(row.village)) villages.set(row.village, villages.size);
  const wrong = count(rows, villages, (r) =>
    r.stratum === 'exited' ? { hits: r.wronglyExited, cases: r.persons } : null,
  );
  const missed = count(rows, villages, (r) => (r.stratum === 'general' ? { hits: r.missed, cases: r.persons } : null));
  const asked = count(rows, villages, (r) =>
    r.approval === undefined ? null : { hits: r.approval ? 1 : 0, cases: 1 },
  );
  const below = (bp: number) => (hits: bigint, cases: bigint) => hits * 10_000n < BigInt(bp) * cases;
  const spared = (r: Rate, persons: number): Rate => (r.met === null && persons === 0 ? { ...r, met: true } : r);
  const wrongExit = spared(rate(wrong, below(thresholds.wrongExitBp)), population.exited);
  const missedRate = spared(rate(missed, below(thresholds.missedBp)), population.notRegistered);
  const approval = rate(asked, (hits, cases) => hits * 10_000n >= BigInt(thresholds.approvalBp) * cases);
  const incidence = composite(wrong, missed, population, thresholds.compositeBp);
  const all = [wrongExit.met, missedRate.met, approval.met, incidence.met];
  const verdict = all.includes(false) ? 'not-accepted' : all.includes(null) ? 'incomplete' : 'accepted';
  return { wrongExit, missed: missedRate, approval, composite: incidence, verdict };
}
