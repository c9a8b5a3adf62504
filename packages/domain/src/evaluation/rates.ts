import type { RateGroup } from './frame.ts';
import {
  clusterVariance,
  type Estimate,
  type ShareSample,
  shareInterval,
  type WeightedRatio,
  weightedRatio,
} from './interval.ts';

/** What an evaluated household counts for. `weight` is the design weight of the household. */
export interface RateRow {
  readonly village: string;
  /** Whether its village was drawn for certain, for its size. */
  readonly certain: boolean;
  /** The rate that covers it; null when its frozen frame does not say (monitored households of former frames). */
  readonly group: RateGroup | null;
  /** Persons registered on the frame's day, and found by the enumerator. */
  readonly persons: number;
  readonly personsFound: number;
  readonly weight: number;
  /** Persons found wrongly exited; only in the group exited. */
  readonly wronglyExited: number;
  /** Persons found to qualify though not registered; only in the group not registered. */
  readonly missed: number;
  /** Whether the household was asked for its approval, and gave it. */
  readonly approval?: boolean;
}

/** Persons registered on the frame's day. */
export interface RatePopulation {
  readonly registeredPoor: number;
  readonly exited: number;
  readonly notRegistered: number;
  /** In no rate, since their frame does not say in which (monitored households of frames of the first format). */
  readonly unknown: number;
  readonly rural: number;
}

/** One ratio: the plain one is the official figure, the weighted one is estimated for the population. */
export interface Rate {
  /** Persons registered on the frame's day (approval: households); hits never exceed a household's cases. */
  readonly hits: number;
  readonly cases: number;
  /** The same ratio by the persons the enumerators found. */
  readonly found: { readonly hits: number; readonly cases: number };
  /** Households interviewed for this rate, and those with a hit. */
  readonly households: number;
  readonly caseHouseholds: number;
  /** hits ÷ cases; null when nothing was to be counted. */
  readonly value: number | null;
  readonly weighted: Estimate | null;
}

/** The three rates and one degree of a set of households. */
export interface RateFigures {
  readonly wrongExit: Rate;
  readonly missed: Rate;
  readonly approval: Rate;
  readonly composite: { readonly value: number | null; readonly weighted: Estimate | null };
}

interface Part {
  readonly hits: number;
  readonly cases: number;
  readonly found: { readonly hits: number; readonly cases: number };
}

interface Counted extends Part {
  readonly households: number;
  readonly caseHouseholds: number;
  readonly ratio: WeightedRatio | null;
  /** The places of the villages that have a household of it. */
  readonly villages: ReadonlySet<number>;
  /** Σw²x² of its households; with Σwx this tells what they are worth in equal ones. */
  readonly squares: number;
  readonly sum: number;
}

/** The first-stage clusters of a set of rows: its villages, each with its stratum. */
interface Clusters {
  readonly places: ReadonlyMap<string, number>;
  readonly strata: readonly string[];
}

/**
 * Villages drawn for certain are a stratum of their own beside those drawn by chance, where each has two villages at
 * least; otherwise all are one.
 */
function clustersOf(rows: readonly RateRow[]): Clusters {
  const kinds = new Map(rows.map(({ village, certain }) => [village, certain ? 'certain' : 'drawn']));
  const certain = [...kinds.values()].filter((kind) => kind === 'certain').length;
  const isOne = certain < 2 || kinds.size - certain < 2;
  return {
    places: new Map([...kinds.keys()].map((village, i) => [village, i])),
    strata: [...kinds.values()].map((kind) => (isOne ? 'all' : kind)),
  };
}

/** Adds up one ratio, plain and weighted by village. */
function count(rows: readonly RateRow[], { places }: Clusters, of: (row: RateRow) => Part | null): Counted {
  const y = Array.from(places, () => 0);
  const x = Array.from(places, () => 0);
  const villages = new Set<number>();
  const total = { hits: 0, cases: 0, found: { hits: 0, cases: 0 }, households: 0, caseHouseholds: 0, squares: 0 };
  for (const row of rows) {
    const part = of(row);
    if (part === null) continue;
    total.hits += part.hits;
    total.cases += part.cases;
    total.found.hits += part.found.hits;
    total.found.cases += part.found.cases;
    total.households += 1;
    if (part.hits > 0) total.caseHouseholds += 1;
    total.squares += (row.weight * part.cases) ** 2;
    const v = places.get(row.village) ?? 0;
    villages.add(v);
    y[v] = (y[v] ?? 0) + row.weight * part.hits;
    x[v] = (x[v] ?? 0) + row.weight * part.cases;
  }
  return { ...total, villages, sum: x.reduce((s, v) => s + v, 0), ratio: weightedRatio(y, x) };
}

const freedomOf = (villages: ReadonlySet<number>, { strata }: Clusters): number =>
  villages.size - new Set([...villages].map((v) => strata[v])).size;

function weightedOf(counted: Counted, clusters: Clusters): Estimate | null {
  const { ratio, households, caseHouseholds, villages } = counted;
  if (ratio === null) return null;
  const sample: ShareSample = {
    value: ratio.value,
    variance: clusterVariance(ratio.residuals, clusters.strata),
    households,
    caseHouseholds,
    villages: villages.size,
    freedom: freedomOf(villages, clusters),
    worth: counted.sum ** 2 / counted.squares,
    sizeOfFew: households,
  };
  return { value: ratio.value, interval: shareInterval(sample) };
}

function rateOf(counted: Counted, clusters: Clusters): Rate {
  const { hits, cases, found, households, caseHouseholds } = counted;
  const value = cases === 0 ? null : hits / cases;
  return { hits, cases, found, households, caseHouseholds, value, weighted: weightedOf(counted, clusters) };
}

/**
 * The composite incidence: registered poor remaining, known from the frame, and both rates times their populations. Its
 * interval comes from one linearisation: the residuals of both rates are added village by village, so that their
 * covariance is in it. The estimated part is a share of the persons both rates cover; its interviews are counted by what
 * they are worth (Kish: (Σs)² ÷ Σs² with s the persons a household stands for), so that a rate without a case, and a
 * large population with few interviews, keep their uncertainty.
 */
function compositeOf(
  parts: readonly { readonly counted: Counted; readonly population: number }[],
  population: RatePopulation,
  clusters: Clusters,
): RateFigures['composite'] {
  const used = parts.filter((part) => part.population > 0);
  const covered = used.reduce((sum, part) => sum + part.population, 0);
  const isKnown = population.rural > 0 && used.every(({ counted }) => counted.cases > 0);
  if (!isKnown) return { value: null, weighted: null };
  const of = (share: (counted: Counted) => number) =>
    (population.registeredPoor + used.reduce((sum, part) => sum + share(part.counted) * part.population, 0)) /
    population.rural;
  const value = of(({ hits, cases }) => hits / cases);
  const weighted = of(({ ratio }) => ratio?.value ?? 0);
  if (covered === 0) return { value, weighted: { value: weighted, interval: { low: value, high: value } } };
  const residuals = clusters.strata.map((_, v) =>
    used.reduce((sum, part) => sum + (part.population / covered) * (part.counted.ratio?.residuals[v] ?? 0), 0),
  );
  const villages = new Set(used.flatMap(({ counted }) => [...counted.villages]));
  const squares = used.reduce(
    (sum, part) => sum + (part.population / covered / part.counted.sum) ** 2 * part.counted.squares,
    0,
  );
  const interval = shareInterval({
    value: used.reduce((sum, part) => sum + (part.population / covered) * (part.counted.ratio?.value ?? 0), 0),
    variance: clusterVariance(residuals, clusters.strata),
    households: used.reduce((sum, { counted }) => sum + counted.households, 0),
    caseHouseholds: used.reduce((sum, { counted }) => sum + counted.caseHouseholds, 0),
    villages: villages.size,
    freedom: freedomOf(villages, clusters),
    worth: 1 / squares,
    sizeOfFew: 1 / squares,
  });
  const incidence = (share: number) => (population.registeredPoor + share * covered) / population.rural;
  return {
    value,
    weighted: {
      value: weighted,
      interval: interval && { low: incidence(interval.low), high: incidence(interval.high) },
    },
  };
}

/** Cases are the persons registered on the frame's day, hits those found, at most as many (domain §10). */
const judged = (row: RateRow, found: number): Part => ({
  hits: Math.min(found, row.persons),
  cases: row.persons,
  found: { hits: found, cases: row.personsFound },
});

/**
 * The three rates and one degree (三率一度, domain §10) of evaluated households. Ratios are on persons, approval on
 * households. A rate covers the households of its group, whatever stratum they were drawn in: an exited household that
 * is monitored counts in the wrong-exit rate, a monitored one that was never registered in the missed rate.
 */
export function evaluateRates(rows: readonly RateRow[], population: RatePopulation): RateFigures {
  const clusters = clustersOf(rows);
  const wrong = count(rows, clusters, (row) => (row.group === 'exited' ? judged(row, row.wronglyExited) : null));
  const missed = count(rows, clusters, (row) => (row.group === 'not-registered' ? judged(row, row.missed) : null));
  const asked = count(rows, clusters, (row) => {
    if (row.approval === undefined) return null;
    const answer = { hits: row.approval ? 1 : 0, cases: 1 };
    return { ...answer, found: answer };
  });
  const parts = [
    { counted: wrong, population: population.exited },
    { counted: missed, population: population.notRegistered },
  ];
  return {
    wrongExit: rateOf(wrong, clusters),
    missed: rateOf(missed, clusters),
    approval: rateOf(asked, clusters),
    composite: compositeOf(parts, population, clusters),
  };
}
