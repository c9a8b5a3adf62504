import { type RegionCode, townshipOf } from '../shared/region.ts';
import { byText, type FrameRow, rateGroupOf, STRATA, type Stratum } from './frame.ts';
import { failedHouseholds, replacementsInTurn, samplePlaces } from './intake.ts';
import { evaluateRates, type Rate, type RateFigures, type RatePopulation, type RateRow } from './rates.ts';
import { type HouseholdReturn, rateRow, standingReturns } from './return.ts';
import type { SampledVillage } from './sampler.ts';
import type { RateThresholds } from './thresholds.ts';
import { type CountyRates, judgeRates } from './verdict.ts';

/** How far the sample was reached, in households. */
export interface Coverage {
  readonly sampled: number;
  readonly interviewed: number;
  /** Interviewed in place of a drawn one. */
  readonly replaced: number;
  /** Neither interviewed nor replaced. */
  readonly missing: number;
}

/** The three rates and one degree of the evaluated county with their verdict; figures by township and by stratum. */
export interface EvaluationResult {
  /** Returns that stand. */
  readonly returns: number;
  readonly coverage: Coverage;
  readonly county: CountyRates;
  readonly townships: readonly (Coverage & {
    readonly code: RegionCode;
    /** Sampled villages; with fewer than three there are counts and no estimates. */
    readonly villages: number;
    readonly rates: RateFigures;
  })[];
  readonly strata: readonly (Coverage & {
    readonly stratum: Stratum;
    readonly persons: number;
    readonly rates: RateFigures;
  })[];
}

/** Persons of the frame as the rates need them. */
export function ratePopulation(rows: readonly FrameRow[]): RatePopulation {
  const persons = { 'registered-poor': 0, exited: 0, 'not-registered': 0, unknown: 0 };
  for (const row of rows) persons[rateGroupOf(row) ?? 'unknown'] += row.persons;
  return {
    registeredPoor: persons['registered-poor'],
    exited: persons.exited,
    notRegistered: persons['not-registered'],
    unknown: persons.unknown,
    rural: Object.values(persons).reduce((sum, count) => sum + count, 0),
  };
}

interface Counted extends RateRow {
  readonly stratum: Stratum;
  readonly role: 'sample' | 'replacement';
}

/** The interviews that count: of drawn households, and of replacements whose turn had come. */
function countedRows(
  frame: readonly FrameRow[],
  villages: readonly SampledVillage[],
  standing: readonly HouseholdReturn[],
): Counted[] {
  const places = samplePlaces(villages);
  const framed = new Map(frame.map((row) => [row.householdNumber, row]));
  const failed = failedHouseholds(standing);
  const inTurn = new Set(villages.flatMap((village) => [...replacementsInTurn(village, failed).keys()]));
  return standing.flatMap((answer) => {
    const place = places.get(answer.householdNumber);
    const household = framed.get(answer.householdNumber);
    if (!place || !household || (place.role === 'replacement' && !inTurn.has(answer.householdNumber))) return [];
    const { village, chance } = place.village;
    const row = rateRow(answer, { village, certain: chance.of === chance.in, weight: place.weight, household });
    return row ? [{ ...row, stratum: place.stratum, role: place.role }] : [];
  });
}

const LEAST_VILLAGES = 3;

const counted = (rate: Rate): Rate => ({ ...rate, value: null, weighted: null });
const NO_COMPOSITE: RateFigures['composite'] = { value: null, weighted: null };

/** The figures of too few villages: what was counted, and nothing that claims to hold for more than these. */
const countsOnly = ({ wrongExit, missed, approval }: RateFigures): RateFigures => ({
  wrongExit: counted(wrongExit),
  missed: counted(missed),
  approval: counted(approval),
  composite: NO_COMPOSITE,
});

/**
 * Adds up an evaluation from its frozen frame, its sample and all accepted returns; those that stand count. Only the
 * evaluated county has a verdict: a township has too few villages for one, and a stratum is not what thresholds are for.
 */
export function evaluateReturns(
  frame: readonly FrameRow[],
  villages: readonly SampledVillage[],
  returns: readonly HouseholdReturn[],
  thresholds: RateThresholds,
): EvaluationResult {
  const standing = standingReturns(returns);
  const rows = countedRows(frame, villages, standing);
  const drawn = villages.flatMap(({ village, sample }) => sample.map(({ stratum }) => ({ village, stratum })));
  const part = (inside: (row: { readonly village: string; readonly stratum: Stratum }) => boolean) => {
    const own = rows.filter(inside);
    const sampled = drawn.filter(inside).length;
    const replaced = own.filter(({ role }) => role === 'replacement').length;
    const interviewed = own.length - replaced;
    const population = ratePopulation(frame.filter(inside));
    const coverage = { sampled, interviewed, replaced, missing: sampled - interviewed - replaced };
    return { population, coverage, figures: evaluateRates(own, population) };
  };
  const all = part(() => true);
  const byTownship = Map.groupBy(villages, ({ village }) => townshipOf(village));
  return {
    returns: standing.length,
    coverage: all.coverage,
    county: judgeRates(all.figures, all.population, thresholds, all.coverage),
    townships: [...byTownship.keys()].sort(byText).map((code) => {
      const { coverage, figures } = part(({ village }) => village.startsWith(code.slice(0, 9)));
      const count = byTownship.get(code)?.length ?? 0;
      return { code, villages: count, ...coverage, rates: count < LEAST_VILLAGES ? countsOnly(figures) : figures };
    }),
    strata: STRATA.map((stratum) => {
      const { coverage, figures, population } = part((row) => row.stratum === stratum);
      return { stratum, persons: population.rural, ...coverage, rates: { ...figures, composite: NO_COMPOSITE } };
    }),
  };
}
