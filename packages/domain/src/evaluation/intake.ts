import { type RateGroup, STRATA, type Stratum } from './frame.ts';
import { CELL_ORDER, type CellIssue, ISSUE_FIELD, type QuestionnaireField } from './questionnaire.ts';
import { type HouseholdReturn, returnIssues, standingReturns } from './return.ts';
import { nextReplacement, type SampledHousehold, type SampledVillage } from './sampler.ts';

export type IntakeIssueCode =
  | 'RETURN_NOT_IN_SAMPLE'
  | 'RETURN_ID_TWICE'
  | 'RETURN_HOUSEHOLD_TWICE'
  | 'RETURN_CORRECTS_UNKNOWN'
  | 'RETURN_CORRECTS_OTHER_HOUSEHOLD'
  | 'RETURN_CORRECTED_ALREADY'
  | 'RETURN_REPLACEMENT_NOT_DUE';

/** One answered row of a file: where it stands, what it says, what could not be read. */
export interface FiledReturn {
  readonly row: number;
  readonly answer: HouseholdReturn;
  readonly issues: readonly CellIssue[];
}

/** One thing that keeps a row of a file from being accepted. */
export interface IntakeProblem {
  readonly row: number;
  readonly field: QuestionnaireField;
  readonly value: string;
  readonly code: string;
  readonly household: string;
}

export interface FieldPeriod {
  readonly fieldFrom: string;
  readonly fieldTo: string;
}

/** Where a household stands in the sample. */
export interface SamplePlace {
  readonly village: SampledVillage;
  readonly stratum: Stratum;
  readonly role: 'sample' | 'replacement';
  readonly weight: number;
}

/** Every household of the sample and of the replacement lists by its number. */
export function samplePlaces(villages: readonly SampledVillage[]): Map<string, SamplePlace> {
  const places = new Map<string, SamplePlace>();
  for (const village of villages) {
    for (const { householdNumber, stratum, weight } of village.sample) {
      places.set(householdNumber, { village, stratum, role: 'sample', weight });
    }
    for (const stratum of STRATA) {
      const weight = village.sample.find((h) => h.stratum === stratum)?.weight ?? 0;
      for (const number of village.replacements[stratum]) {
        places.set(number, { village, stratum, role: 'replacement', weight });
      }
    }
  }
  return places;
}

/**
 * The replacements of a village whose turn has come, by number: one for each household that could not be interviewed,
 * strictly in the order of its stratum's list; a replacement that fails too calls the next one. A list that is used up
 * gives none.
 */
export function replacementsInTurn(
  village: SampledVillage,
  failed: ReadonlySet<string>,
): Map<string, SampledHousehold> {
  const used = new Set<string>();
  const inTurn = new Map<string, SampledHousehold>();
  for (const drawn of village.sample) {
    let number = drawn.householdNumber;
    while (failed.has(number)) {
      if (village.replacements[drawn.stratum].every((each) => used.has(each))) break;
      const next = nextReplacement(village, number, used);
      used.add(next.householdNumber);
      inTurn.set(next.householdNumber, next);
      number = next.householdNumber;
    }
  }
  return inTurn;
}

/** Numbers of the households that standing returns say could not be interviewed. */
export function failedHouseholds(standing: readonly HouseholdReturn[]): Set<string> {
  return new Set(standing.filter((r) => r.outcome !== 'interviewed').map((r) => r.householdNumber));
}

/**
 * Judges a file of returns against the sample and what was accepted before: each row on its own, then its number, what
 * it corrects, and whether a replacement's turn had come. A row with any problem is not accepted; the others are.
 * `groups` holds the rate that covers each household of the sample.
 */
export function judgeReturns(
  filed: readonly FiledReturn[],
  accepted: readonly HouseholdReturn[],
  villages: readonly SampledVillage[],
  period: FieldPeriod,
  groups: ReadonlyMap<string, RateGroup | null>,
): { readonly accepted: readonly FiledReturn[]; readonly problems: readonly IntakeProblem[] } {
  const places = samplePlaces(villages);
  const known = new Map(accepted.map((r) => [r.returnId, r]));
  const corrected = new Set(accepted.flatMap((r) => (r.corrects ? [r.corrects] : [])));
  const standing = new Set(standingReturns(accepted).map((r) => r.householdNumber));
  const problems: IntakeProblem[] = [];
  const passed: FiledReturn[] = [];
  for (const one of filed) {
    const found = [...rowProblems(one, places, period, groups), ...numberProblems(one, known, corrected, standing)];
    problems.push(...found);
    if (found.length > 0) continue;
    known.set(one.answer.returnId, one.answer);
    standing.add(one.answer.householdNumber);
    if (one.answer.corrects) corrected.add(one.answer.corrects);
    passed.push(one);
  }
  const failed = failedHouseholds(standingReturns([...known.values()]));
  const inTurn = new Map(villages.map((village) => [village, replacementsInTurn(village, failed)]));
  const due = passed.filter(({ answer: { householdNumber } }) => {
    const place = places.get(householdNumber);
    return place?.role === 'sample' || (place && inTurn.get(place.village)?.has(householdNumber));
  });
  for (const { row, answer } of passed) {
    if (due.some((each) => each.row === row)) continue;
    const { householdNumber: household } = answer;
    problems.push({ row, field: 'role', value: '', code: 'RETURN_REPLACEMENT_NOT_DUE', household });
  }
  const order = (p: IntakeProblem) => CELL_ORDER.indexOf(p.field);
  return { accepted: due, problems: problems.toSorted((a, b) => a.row - b.row || order(a) - order(b)) };
}

function rowProblems(
  { row, answer, issues }: FiledReturn,
  places: ReadonlyMap<string, SamplePlace>,
  period: FieldPeriod,
  groups: ReadonlyMap<string, RateGroup | null>,
): IntakeProblem[] {
  const household = answer.householdNumber;
  if (issues.length > 0) return issues.map((issue) => ({ row, household, ...issue }));
  const place = places.get(household);
  if (!place) return [{ row, field: 'householdNumber', value: household, code: 'RETURN_NOT_IN_SAMPLE', household }];
  return returnIssues(answer, { group: groups.get(household) ?? null, ...period }).map((code) => ({
    row,
    field: ISSUE_FIELD[code],
    value: '',
    code,
    household,
  }));
}

function numberProblems(
  { row, answer }: FiledReturn,
  known: ReadonlyMap<string, HouseholdReturn>,
  corrected: ReadonlySet<string>,
  standing: ReadonlySet<string>,
): IntakeProblem[] {
  const { returnId, corrects, householdNumber: household } = answer;
  const problem = (field: QuestionnaireField, code: IntakeIssueCode): IntakeProblem[] => [
    { row, field, value: field === 'returnId' ? returnId : (corrects ?? household), code, household },
  ];
  if (known.has(returnId)) return problem('returnId', 'RETURN_ID_TWICE');
  if (corrects === undefined) {
    return standing.has(household) ? problem('householdNumber', 'RETURN_HOUSEHOLD_TWICE') : [];
  }
  const before = known.get(corrects);
  if (!before) return problem('corrects', 'RETURN_CORRECTS_UNKNOWN');
  if (before.householdNumber !== household) return problem('corrects', 'RETURN_CORRECTS_OTHER_HOUSEHOLD');
  return corrected.has(corrects) ? problem('corrects', 'RETURN_CORRECTED_ALREADY') : [];
}
