import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import type { DeclarationStatus } from './declaration.ts';
import { confirmReceived, demandReplaceable, type PaymentLine } from './payment.ts';

/** What can be done with a line of a declaration beside paying it. */
export const LINE_STEPS = ['confirm', 'correct'] as const;
export type LineStep = (typeof LINE_STEPS)[number];

/** How a proposed correction of a line can be decided. */
export const CORRECTION_DECISIONS = ['approve', 'refuse'] as const;
export type CorrectionDecision = (typeof CORRECTION_DECISIONS)[number];

/** What stands around a line when it is to be corrected. */
export interface LineFacts {
  readonly status: DeclarationStatus;
  /** A correction of it waits for its decision. */
  readonly correctionOpen: boolean;
}

/** The household that a correction would pay: is it of the contract, and has it another line of the declaration? */
export interface CorrectedHousehold {
  readonly householdNumber: string;
  readonly isOfContract: boolean;
  readonly hasOtherLine: boolean;
}

/** A proposed correction and what its approval meets. */
export interface CorrectionCase {
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly madeBy: string;
  readonly status: DeclarationStatus;
  readonly line: PaymentLine;
  readonly household: CorrectedHousehold;
}

function demandCorrecting(status: DeclarationStatus, line: PaymentLine): void {
  demand(status === 'noticed' || status === 'in-payment', 'DECLARATION_STATUS', { status });
  demandReplaceable(line);
}

/**
 * Demands that a correction of a line can be proposed: between the end of its notice and the closing, while it is not
 * with the bank, one at a time.
 * @throws DomainError DECLARATION_STATUS, LINE_REPLACED, LINE_IN_BATCH, CORRECTION_OPEN
 */
export function demandCorrectable(line: PaymentLine, { status, correctionOpen }: LineFacts): void {
  demandCorrecting(status, line);
  demand(!correctionOpen, 'CORRECTION_OPEN', { line: line.lineNumber });
}

/**
 * Demands that a correction may pay this household, so that nothing is proposed that nobody could approve.
 * @throws DomainError LIST_HOUSEHOLD_UNKNOWN, CORRECTION_HOUSEHOLD_HAS_LINE
 */
export function demandPayable({ householdNumber, isOfContract, hasOtherLine }: CorrectedHousehold): void {
  demand(isOfContract, 'LIST_HOUSEHOLD_UNKNOWN', { household: householdNumber });
  demand(!hasOtherLine, 'CORRECTION_HOUSEHOLD_HAS_LINE', { household: householdNumber });
}

/**
 * Demands that somebody may decide a correction so: never who proposed it; to approve it, what it rests on still holds.
 * @throws DomainError CORRECTION_DECIDED, CORRECTION_SAME_PERSON and what {@link demandCorrectable} and
 * {@link demandPayable} refuse
 */
export function demandDecidable(correction: CorrectionCase, actorId: string, decision: CorrectionDecision): void {
  demand(correction.state === 'proposed', 'CORRECTION_DECIDED');
  demand(correction.madeBy !== actorId, 'CORRECTION_SAME_PERSON');
  if (decision === 'refuse') return;
  demandCorrecting(correction.status, correction.line);
  demandPayable(correction.household);
}

/** Why a step of a line would be refused now; null when it would succeed with any sum. */
export function lineRefusal(step: LineStep, line: PaymentLine, facts: LineFacts): Refusal | null {
  const rules: Record<LineStep, () => unknown> = {
    confirm: () => confirmReceived(line, line.payableFen),
    correct: () => demandCorrectable(line, facts),
  };
  return refusalOf(rules[step]);
}

/** Why a decision on a correction would be refused to somebody; null when it would succeed. */
export const decisionRefusal = (correction: CorrectionCase, actorId: string, decision: CorrectionDecision) =>
  refusalOf(() => demandDecidable(correction, actorId, decision));
