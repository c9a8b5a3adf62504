import { demandMoney, MOST_FOR_A_CONTRACT, MOST_FOR_A_HOUSEHOLD } from '../shared/bounds.ts';
import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import { formatYuan } from '../shared/money.ts';
import type { IndustryPolicy } from './contract.ts';
import type { DeclarationStatus } from './declaration.ts';
import { demandReplaceable, type LineCorrection, type PaymentLine, type Replacement, replacements } from './payment.ts';

/** What can be done with a line of a declaration beside paying it. */
export const LINE_STEPS = ['confirm', 'correct'] as const;
export type LineStep = (typeof LINE_STEPS)[number];

/** How a proposed correction of a line can be decided. */
export const CORRECTION_DECISIONS = ['approve', 'refuse'] as const;
export type CorrectionDecision = (typeof CORRECTION_DECISIONS)[number];

/** Who says what a household received: the household itself, or somebody who takes its word down. */
export interface Witness {
  readonly isHousehold: boolean;
  /** He acts for the entity or for finance, or submitted, checked or batched what was paid. */
  readonly pays: boolean;
}

/** What stands around a line when something is done with it. */
export interface LineFacts {
  readonly status: DeclarationStatus;
  /** A correction of it waits for its decision. */
  readonly correctionOpen: boolean;
  readonly witness: Witness;
}

/** The household that a correction would pay: is it of the contract, and its own line of the declaration if it has one. */
export interface CorrectedHousehold {
  readonly householdNumber: string;
  readonly isOfContract: boolean;
  readonly otherLine?: PaymentLine;
  /** A correction of that line waits for its decision. */
  readonly otherCorrectionOpen: boolean;
}

/** A proposed correction and what its approval meets. */
export interface CorrectionCase {
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly madeBy: string;
  readonly status: DeclarationStatus;
  readonly line: PaymentLine;
  readonly household: CorrectedHousehold;
  readonly amountFen: LineCorrection['amountFen'];
  readonly leftFen: LineCorrection['leftFen'];
  /** What the declaration comes to before the correction. */
  readonly totalFen: number;
}

/** Who decides: never who proposed; beyond the policy's bound, the county's leader. */
export interface Decider {
  readonly id: string;
  readonly isLeader: boolean;
}

function demandCorrecting(status: DeclarationStatus, line: PaymentLine): void {
  demand(status !== 'closed', 'DECLARATION_CLOSED');
  demand(status === 'noticed' || status === 'in-payment', 'DECLARATION_STATUS', { status });
  demandReplaceable(line);
}

/**
 * Demands that a correction of a line can be proposed: between the end of its notice and the closing, while it is not
 * with the bank, one at a time.
 * @throws DomainError DECLARATION_CLOSED, DECLARATION_STATUS, LINE_REPLACED, LINE_IN_BATCH, CORRECTION_OPEN
 */
export function demandCorrectable(
  line: PaymentLine,
  { status, correctionOpen }: Pick<LineFacts, 'status' | 'correctionOpen'>,
): void {
  demandCorrecting(status, line);
  demand(!correctionOpen, 'CORRECTION_OPEN', { line: line.lineNumber });
}

/** The most that a line may come to by a correction of the offices alone. */
function mostOfOffices(postedFen: number, { correctionAbove }: IndustryPolicy): number {
  return postedFen + Math.min(Math.floor((postedFen * correctionAbove.bp) / 10_000), correctionAbove.fen);
}

/**
 * The lines that a correction makes, within the bounds of what a line and a declaration can be.
 * @throws DomainError LIST_HOUSEHOLD_UNKNOWN, LINE_REPLACED, LINE_IN_BATCH, CORRECTION_OPEN, CORRECTION_MOVES_NOTHING,
 * SUM_TOO_LARGE
 */
export function correctedLines(
  correction: Pick<CorrectionCase, 'line' | 'household' | 'amountFen' | 'leftFen' | 'totalFen'>,
): Replacement[] {
  const { line, household, amountFen, leftFen } = correction;
  const { householdNumber, otherLine } = household;
  demand(household.isOfContract, 'LIST_HOUSEHOLD_UNKNOWN', { household: householdNumber });
  demand(!otherLine || !household.otherCorrectionOpen, 'CORRECTION_OPEN', { line: otherLine?.lineNumber ?? 0 });
  const fresh = replacements(line, otherLine, { householdNumber, amountFen, leftFen });
  for (const each of fresh) demandMoney(each.amountFen, MOST_FOR_A_HOUSEHOLD);
  const replaced = line.amountFen + (otherLine?.amountFen ?? 0);
  const total = fresh.reduce((sum, each) => sum + each.amountFen, correction.totalFen - replaced);
  demandMoney(total, MOST_FOR_A_CONTRACT);
  return fresh;
}

/** A line that a correction makes larger than the offices may decide; undefined when there is none. */
export function beyondOffices(fresh: readonly Replacement[], policy: IndustryPolicy): Replacement | undefined {
  return fresh.find(({ amountFen, postedFen }) => amountFen > mostOfOffices(postedFen, policy));
}

/**
 * Demands that somebody may decide a correction so: never who proposed it; to approve it, what it rests on still holds,
 * and one beyond the policy's bound is the county leader's.
 * @throws DomainError CORRECTION_DECIDED, CORRECTION_SAME_PERSON, CORRECTION_HIGHER_HAND and what
 * {@link demandCorrectable} and {@link correctedLines} refuse
 */
export function demandDecidable(
  correction: CorrectionCase,
  { id, isLeader }: Decider,
  decision: CorrectionDecision,
  policy: IndustryPolicy,
): void {
  demand(correction.state === 'proposed', 'CORRECTION_DECIDED');
  demand(correction.madeBy !== id, 'CORRECTION_SAME_PERSON');
  if (decision === 'refuse') return;
  demandCorrecting(correction.status, correction.line);
  const beyond = beyondOffices(correctedLines(correction), policy);
  demand(!beyond || isLeader, 'CORRECTION_HIGHER_HAND', {
    household: beyond?.householdNumber ?? '',
    amount: formatYuan(beyond?.amountFen ?? 0),
    most: formatYuan(mostOfOffices(beyond?.postedFen ?? 0, policy)),
  });
}

/**
 * Demands that a word about what a household received can be taken: of what the bank paid, while the declaration is
 * open, and never from who had a hand in paying it.
 * @throws DomainError DECLARATION_CLOSED, LINE_NOT_PAID, WITNESS_PAYS
 */
export function demandConfirmable(line: PaymentLine, { status, witness }: Pick<LineFacts, 'status' | 'witness'>): void {
  demand(status !== 'closed', 'DECLARATION_CLOSED');
  demand(line.state === 'paid', 'LINE_NOT_PAID', { line: line.lineNumber });
  demand(witness.isHousehold || !witness.pays, 'WITNESS_PAYS');
}

/** Why a step of a line would be refused now; null when it would succeed with a sum within the bounds. */
export function lineRefusal(step: LineStep, line: PaymentLine, facts: LineFacts): Refusal | null {
  const rules: Record<LineStep, () => unknown> = {
    confirm: () => demandConfirmable(line, facts),
    correct: () => demandCorrectable(line, facts),
  };
  return refusalOf(rules[step]);
}

/** Why a decision on a correction would be refused to somebody; null when it would succeed. */
export const decisionRefusal = (
  correction: CorrectionCase,
  decider: Decider,
  decision: CorrectionDecision,
  policy: IndustryPolicy,
) => refusalOf(() => demandDecidable(correction, decider, decision, policy));

/** What somebody said that a household received. */
export interface Word {
  readonly isHousehold: boolean;
  readonly receivedFen: number;
}

/** The word that stands: the household's own latest before any taken down for it. */
export function standingWord<T extends Word>(words: readonly T[]): T | undefined {
  return words.findLast(({ isHousehold }) => isHousehold) ?? words.at(-1);
}
