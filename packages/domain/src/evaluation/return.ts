import { type FrameRow, type RateGroup, rateGroupOf } from './frame.ts';
import type { RateRow } from './rates.ts';

/** What the enumerator found on one of the assurances: held, not held, or could not be seen. */
export type Finding = 'yes' | 'no' | 'unknown';

export const ASSURANCES = ['food', 'clothing', 'education', 'medical', 'housing', 'water'] as const;
export type Assurance = (typeof ASSURANCES)[number];

/** One household's return, as it stands in the sealed file. Never edited; a correction is another return. */
export interface HouseholdReturn {
  readonly returnId: string;
  /** The return that this one corrects. */
  readonly corrects?: string;
  readonly householdNumber: string;
  readonly enumerator: string;
  readonly visitedOn: string;
  readonly outcome: 'interviewed' | 'moved-away' | 'nobody-home-three-times' | 'refused' | 'not-found';
  readonly persons?: number;
  readonly perCapitaIncomeFen?: number;
  readonly assurances?: Readonly<Record<Assurance, Finding>>;
  /** Whether the household is poor as the enumerator found it. */
  readonly poor?: Finding;
  /** Persons judged wrongly exited or missed, with the reason. */
  readonly wronglyExited?: number;
  readonly missed?: number;
  readonly judgement?: string;
  readonly approval?: 'approves' | 'disapproves' | 'not-asked';
  /** SHA-256 of photos and recordings. */
  readonly evidence: readonly string[];
}

/** What the evaluation knows of the household: the rate that covers it (null: not known), and the field period. */
export interface ReturnContext {
  readonly group: RateGroup | null;
  readonly fieldFrom: string;
  readonly fieldTo: string;
}

export type ReturnIssueCode =
  | 'RETURN_DATE_OUTSIDE'
  | 'RETURN_ANSWERS_MISSING'
  | 'RETURN_ANSWERS_WITHOUT_INTERVIEW'
  | 'RETURN_PERSONS_INVALID'
  | 'RETURN_INCOME_INVALID'
  | 'RETURN_WRONG_EXIT_STRATUM'
  | 'RETURN_MISSED_STRATUM'
  | 'RETURN_MORE_THAN_PERSONS'
  | 'RETURN_JUDGEMENT_MISSING'
  | 'RETURN_EVIDENCE_MISSING'
  | 'RETURN_CORRECTS_ITSELF';

const isCount = (n: number | undefined) => n === undefined || (Number.isSafeInteger(n) && n >= 0);

/** Everything wrong in one return; empty when it may be counted. The return itself is kept as it came in any case. */
export function returnIssues(answer: HouseholdReturn, context: ReturnContext): ReturnIssueCode[] {
  const issues: ReturnIssueCode[] = [];
  const note = (bad: boolean, code: ReturnIssueCode) => {
    if (bad) issues.push(code);
  };
  note(answer.visitedOn < context.fieldFrom || answer.visitedOn > context.fieldTo, 'RETURN_DATE_OUTSIDE');
  note(answer.corrects === answer.returnId, 'RETURN_CORRECTS_ITSELF');
  const { persons, perCapitaIncomeFen, assurances, approval, wronglyExited = 0, missed = 0 } = answer;
  const answers = [persons, perCapitaIncomeFen, assurances, approval];
  if (answer.outcome !== 'interviewed') {
    note(answers.some((a) => a !== undefined) || wronglyExited + missed !== 0, 'RETURN_ANSWERS_WITHOUT_INTERVIEW');
    return issues;
  }
  note(
    answers.some((a) => a === undefined) || ASSURANCES.some((a) => assurances !== undefined && !assurances[a]),
    'RETURN_ANSWERS_MISSING',
  );
  note(!isCount(persons) || persons === 0 || !isCount(wronglyExited) || !isCount(missed), 'RETURN_PERSONS_INVALID');
  note(perCapitaIncomeFen !== undefined && !Number.isSafeInteger(perCapitaIncomeFen), 'RETURN_INCOME_INVALID');
  const group = context.group ?? (wronglyExited > 0 ? 'exited' : 'not-registered');
  note(wronglyExited > 0 && group !== 'exited', 'RETURN_WRONG_EXIT_STRATUM');
  note(missed > 0 && group !== 'not-registered', 'RETURN_MISSED_STRATUM');
  note(persons !== undefined && Math.max(wronglyExited, missed) > persons, 'RETURN_MORE_THAN_PERSONS');
  const judged = wronglyExited + missed > 0;
  note(judged && !answer.judgement?.trim(), 'RETURN_JUDGEMENT_MISSING');
  note(judged && answer.evidence.length === 0, 'RETURN_EVIDENCE_MISSING');
  return issues;
}

/** The returns that stand: those that no other one corrects. */
export function standingReturns(returns: readonly HouseholdReturn[]): HouseholdReturn[] {
  const corrected = new Set(returns.map((r) => r.corrects));
  return returns.filter((r) => !corrected.has(r.returnId));
}

/** A standing return of an interviewed household as a row for the rates; null when there was no interview. */
export function rateRow(
  answer: HouseholdReturn,
  sampled: Pick<RateRow, 'village' | 'certain' | 'weight'> & { readonly household: FrameRow },
): RateRow | null {
  if (answer.outcome !== 'interviewed' || answer.persons === undefined) return null;
  const asked = answer.approval === 'approves' || answer.approval === 'disapproves';
  return {
    village: sampled.village,
    certain: sampled.certain,
    weight: sampled.weight,
    group: rateGroupOf(sampled.household),
    persons: sampled.household.persons,
    personsFound: answer.persons,
    wronglyExited: answer.wronglyExited ?? 0,
    missed: answer.missed ?? 0,
    ...(asked && { approval: answer.approval === 'approves' }),
  };
}
