import { type RegionCode, townshipOf } from '../shared/region.ts';
import { byText, type FrameRow, STRATA, type Stratum } from './frame.ts';
import { failedHouseholds, replacementsInTurn, samplePlaces } from './intake.ts';
import { evaluateRates, type RatePopulation, type Rates, type RateRow } from './rates.ts';
import { type HouseholdReturn, rateRow, standingReturns } from './return.ts';
import type { SampledVillage } from './sampler.ts';
import type { RateThresholds } from './thresholds.ts';

/** How far the sample was reached, in households. */
export interface Coverage {
  readonly sampled: number;
  readonly interviewed: number;
  /** Interviewed in place of a drawn one. */
  readonly replaced: number;
  /** Neither interviewed nor replaced. */
  readonly missing: number;
}

/** The three rates and one degree of the whole evaluation, by township and by stratum. */
export interface EvaluationResult {
  /** Returns that stand. */
  readonly returns: number;
  readonly coverage: Coverage;
  readonly county: Rates;
  readonly townships: readonly (Coverage & { readonly code: RegionCode; readonly rates: Rates })[];
  readonly strata: readonly (Coverage & {
    readonly stratum: Stratum;
    readonly persons: number;
    readonly rates: Rates;
  })[];
}

/** Persons of the frame as the rates need them. */
export function ratePopulation(rows: readonly FrameRow[]): RatePopulation {
  const persons: Record<Stratum, number> = { 'registered-poor': 0, exited: 0, monitored: 0, general: 0 };
  for (const row of rows) persons[row.stratum] += row.persons;
  return {
    registeredPoor: persons['registered-poor'],
    exited: persons.exited,
    notRegistered: persons.general,
    rural: STRATA.reduce((sum, stratum) => sum + persons[stratum], 0),
  };
}

interface Counted extends RateRow {
  readonly role: 'sample' | 'replacement';
}

/** The interviews that count: of drawn households, and of replacements whose turn had come. */
function countedRows(villages: readonly SampledVillage[], standing: readonly HouseholdReturn[]): Counted[] {
  const places = samplePlaces(villages);
  const failed = failedHouseholds(standing);
  const inTurn = new Set(villages.flatMap((village) => [...replacementsInTurn(village, failed).keys()]));
  return standing.flatMap((answer) => {
    const place = places.get(answer.householdNumber);
    if (!place || (place.role === 'replacement' && !inTurn.has(answer.householdNumber))) return [];
    const row = rateRow(answer, { ...place, village: place.village.village });
    return row ? [{ ...row, role: place.role }] : [];
  });
}

/** Adds up an evaluation from its frozen frame, its sample and all accepted returns; those that stand count. */
export function evaluateReturns(
  frame: readonly FrameRow[],
  villages: readonly SampledVillage[],
  returns: readonly HouseholdReturn[],
  thresholds: RateThresholds,
): EvaluationResult {
  const standing = standingReturns(returns);
  const rows = countedRows(villages, standing);
  const drawn = villages.flatMap(({ village, sample }) => sample.map(({ stratum }) => ({ village, stratum })));
  const part = (inside: (row: { readonly village: string; readonly stratum: Stratum }) => boolean) => {
    const counted = rows.filter(inside);
    const sampled = drawn.filter(inside).length;
    const replaced = counted.filter(({ role }) => role === 'replacement').length;
    const interviewed = counted.length - replaced;
    const population = ratePopulation(frame.filter(inside));
    return {
      persons: population.rural,
      coverage: { sampled, interviewed, replaced, missing: sampled - interviewed - replaced },
      rates: evaluateRates(counted, population, thresholds),
    };
  };
  const whole = part(() => true);
  const codes = [...new Set(villages.map(({ village }) => townshipOf(village)))].sort(byText);
  return {
    returns: standing.length,
    coverage: whole.coverage,
    county: whole.rates,
    townships: codes.map((code) => {
      const { coverage, rates } = part(({ village }) => village.startsWith(code.slice(0, 9)));
      return { code, ...coverage, rates };
    }),
    strata: STRATA.map((stratum) => {
      const { coverage, rates, persons } = part((row) => row.stratum === stratum);
      return { stratum, persons, ...coverage, rates };
    }),
  };
}
