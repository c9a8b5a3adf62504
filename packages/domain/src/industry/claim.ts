import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import { formatYuan } from '../shared/money.ts';
import type { DeclarationStatus } from './declaration.ts';
import type { PaymentLine } from './payment.ts';

/** How people settle what is claimed from a household: collected in cash or by the bank, or set off against a line. */
export const SETTLEMENT_KINDS = ['cash', 'bank', 'set-off'] as const;
export type SettlementKind = (typeof SETTLEMENT_KINDS)[number];

/** All that changes what is open of a claim: people's settlements and their reversals, a return, another correction. */
export const CLAIM_CHANGES = [...SETTLEMENT_KINDS, 'reversal', 'returned', 'corrected'] as const;
export type ClaimChange = (typeof CLAIM_CHANGES)[number];

/** How a proposed settlement can be decided. */
export const SETTLEMENT_DECISIONS = ['approve', 'refuse'] as const;
export type SettlementDecision = (typeof SETTLEMENT_DECISIONS)[number];

/** What is claimed from a household and not settled. */
export interface Claim {
  readonly householdNumber: string;
  readonly entityId: string;
  readonly outstandingFen: number;
  /** What other proposals that wait would settle of it. */
  readonly waitingFen: number;
}

/** A line that a claim may be set off against. */
export interface SetOffLine {
  readonly line: PaymentLine;
  readonly entityId: string;
  readonly status: DeclarationStatus;
  readonly correctionOpen: boolean;
  /** What other proposals that wait would set off against it. */
  readonly waitingFen: number;
}

/** Demands that there is something left to settle. @throws DomainError CLAIM_SETTLED */
export function demandOpen({ outstandingFen, waitingFen }: Claim): void {
  demand(outstandingFen - waitingFen > 0, 'CLAIM_SETTLED');
}

/**
 * Demands that so much of a claim can be settled: no more than is open and nobody has proposed yet; against a line of
 * the same household that the same entity still owes it, since only debts between the same two can be set off.
 * @throws DomainError CLAIM_SETTLED, SETTLEMENT_TOO_LARGE, SET_OFF_OTHER_HOUSEHOLD, SET_OFF_OTHER_ENTITY,
 * DECLARATION_STATUS, LINE_NOT_PAYABLE, CORRECTION_OPEN
 */
export function demandSettlement(claim: Claim, amountFen: number, against?: SetOffLine): void {
  demandOpen(claim);
  const openFen = claim.outstandingFen - claim.waitingFen;
  demand(amountFen > 0 && amountFen <= openFen, 'SETTLEMENT_TOO_LARGE', { most: formatYuan(openFen) });
  if (!against) return;
  const { line, status } = against;
  demand(line.householdNumber === claim.householdNumber, 'SET_OFF_OTHER_HOUSEHOLD');
  demand(against.entityId === claim.entityId, 'SET_OFF_OTHER_ENTITY');
  demand(status === 'noticed' || status === 'in-payment', 'DECLARATION_STATUS', { status });
  demand(line.state === 'open' && line.replacedBy === undefined, 'LINE_NOT_PAYABLE', { line: line.lineNumber });
  demand(!against.correctionOpen, 'CORRECTION_OPEN', { line: line.lineNumber });
  const payableFen = line.payableFen - against.waitingFen;
  demand(amountFen <= payableFen, 'SETTLEMENT_TOO_LARGE', { most: formatYuan(payableFen) });
}

/** A settlement as it is decided on or reversed. */
export interface Settlement {
  readonly kind: ClaimChange;
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly madeBy: string;
  /** A reversal of it was approved, or waits. */
  readonly isReversed: boolean;
}

/** Demands that a settlement can be reversed: one that people made and that holds. @throws DomainError SETTLEMENT_FINAL */
export function demandReversible({ kind, state, isReversed }: Settlement): void {
  const byPeople = (SETTLEMENT_KINDS as readonly ClaimChange[]).includes(kind);
  demand(byPeople && state === 'approved' && !isReversed, 'SETTLEMENT_FINAL');
}

/** Demands that somebody may decide a settlement: never who proposed it. @throws DomainError SETTLEMENT_DECIDED, SETTLEMENT_SAME_PERSON */
export function demandDecides({ state, madeBy }: Settlement, actorId: string): void {
  demand(state === 'proposed', 'SETTLEMENT_DECIDED');
  demand(madeBy !== actorId, 'SETTLEMENT_SAME_PERSON');
}

/** Why a claim could not be settled now by any sum; null when it could. */
export const settleRefusal = (claim: Claim): Refusal | null => refusalOf(() => demandOpen(claim));
/** Why a settlement could not be reversed now; null when it could. */
export const reversalRefusal = (settlement: Settlement): Refusal | null =>
  refusalOf(() => demandReversible(settlement));
