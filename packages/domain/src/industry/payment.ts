import { demand } from '../shared/errors.ts';
import { type Fen, fen, formatYuan } from '../shared/money.ts';
import type { BusinessDay } from '../shared/time.ts';

/**
 * A line of a declaration on its way to the household: `open` (to be paid) → `batched` (in a payment file) → `paid`
 * (the bank's file says so) or back to `open` when the bank rejects it, or returns it days after it was paid. `void`
 * lines pay nothing: reversed, or nothing of them is left to pay.
 */
export type LineState = 'open' | 'batched' | 'paid' | 'void';

export interface PaymentLine {
  readonly lineNumber: number;
  readonly householdNumber: string;
  /** What the household is to have. */
  readonly amountFen: Fen;
  /** What the notice posted for it, which bounds its corrections; absent on a line of the notice: its own amount. */
  readonly postedFen?: Fen;
  /** What is still to be paid for it: less than the amount when the household had a part of it already. */
  readonly payableFen: Fen;
  readonly state: LineState;
  readonly batchId?: string;
  readonly rejection?: string;
  readonly replaces?: number;
  readonly replacedBy?: number;
}

/** A payment that a bank's receipt told of, and whether the bank returned it since. */
export interface BankPayment {
  readonly id: string;
  readonly amountFen: Fen;
  readonly reference: string;
  readonly paidOn: BusinessDay;
  readonly isReturned: boolean;
}

/** A line as it was sent in one batch, with all the bank has answered to that. */
export interface SentLine {
  readonly amountFen: Fen;
  /** Why the bank did not pay it in this batch. */
  readonly rejection?: string;
  /** The payments of the line in this batch, the oldest first. */
  readonly payments: readonly BankPayment[];
}

/**
 * What a row of the bank's receipt says of a line: paid; not paid; given back, which is either not paid or returned; or
 * returned after it had been paid.
 */
export type BankAnswer =
  | { readonly kind: 'paid'; readonly amountFen: Fen; readonly reference: string }
  | { readonly kind: 'failed' | 'given-back' | 'returned'; readonly amountFen?: Fen; readonly reference?: string };

/** What an answer of the bank does to a line. */
export type BankEffect =
  | { readonly kind: 'paid' | 'rejected' | 'unchanged' }
  | { readonly kind: 'returned'; readonly payment: BankPayment };

const UNCHANGED: BankEffect = { kind: 'unchanged' };

function judgePaid(
  line: PaymentLine,
  batchId: string,
  sent: SentLine | undefined,
  answer: { readonly amountFen: Fen; readonly reference: string },
): BankEffect {
  const said = { line: line.lineNumber, paid: answer.amountFen / 100 };
  const known = sent?.payments.find(({ reference }) => reference === answer.reference);
  if (known) {
    demand(answer.amountFen === known.amountFen, 'RECEIPT_AMOUNT', { ...said, due: known.amountFen / 100 });
    return UNCHANGED;
  }
  demand(sent, 'RECEIPT_OTHER_BATCH', { line: line.lineNumber });
  demand(line.state !== 'paid', 'LINE_PAID', { line: line.lineNumber });
  demand(line.replacedBy === undefined, 'LINE_REPLACED', { line: line.lineNumber });
  const isSent = line.state === 'batched' && line.batchId === batchId;
  // The bank may pay after all what it rejected or returned, as long as nobody has sent it again.
  const wasAnswered = sent.rejection !== undefined || sent.payments.length > 0;
  const isLate = line.state === 'open' && wasAnswered && line.payableFen === sent.amountFen;
  demand(isSent || isLate, 'RECEIPT_OTHER_BATCH', { line: line.lineNumber });
  demand(answer.amountFen === sent.amountFen, 'RECEIPT_AMOUNT', { ...said, due: sent.amountFen / 100 });
  return { kind: 'paid' };
}

/**
 * Judges what the bank says of a line of a batch. What was said before changes nothing, whatever came between: a file
 * may be brought again at any time. A return takes back the payment it names, or the one that stands.
 * @throws DomainError RECEIPT_OTHER_BATCH, RECEIPT_AMOUNT, LINE_PAID (by another receipt), LINE_REPLACED,
 * RECEIPT_RETURN_UNPAID
 */
export function judgeReceipt(
  line: PaymentLine,
  batchId: string,
  sent: SentLine | undefined,
  answer: BankAnswer,
): BankEffect {
  if (answer.kind === 'paid') return judgePaid(line, batchId, sent, answer);
  const payments = sent?.payments ?? [];
  const named = payments.filter(({ reference }) => reference === answer.reference);
  const standing = (named.length > 0 ? named : payments).find(({ isReturned }) => !isReturned);
  if (standing) {
    demand(answer.kind !== 'failed', 'LINE_PAID', { line: line.lineNumber });
    demand(answer.amountFen === undefined || answer.amountFen === standing.amountFen, 'RECEIPT_AMOUNT', {
      line: line.lineNumber,
      paid: (answer.amountFen ?? 0) / 100,
      due: standing.amountFen / 100,
    });
    return { kind: 'returned', payment: standing };
  }
  // It was returned before; a line goes into a batch once.
  if (payments.length > 0) return UNCHANGED;
  demand(answer.kind !== 'returned', 'RECEIPT_RETURN_UNPAID', { line: line.lineNumber });
  if (line.state === 'batched' && line.batchId === batchId) return { kind: 'rejected' };
  demand(sent?.rejection !== undefined, 'RECEIPT_OTHER_BATCH', { line: line.lineNumber });
  return UNCHANGED;
}

/** How a household stands with a declaration. */
export interface Standing {
  /** What it is to have: the amount of its line that counts; 0 when none does. */
  readonly entitledFen: number;
  /** What it has had: paid and not returned, set off in its favour, less what was collected from it. */
  readonly hadFen: number;
  /** What is claimed from it and not settled yet. */
  readonly claimedFen: number;
}

/** What follows from where a household stands. */
export interface Settled {
  /** Still to be paid. */
  readonly payableFen: Fen;
  /** By how much what is claimed from it must grow; below zero, shrink. */
  readonly claimChangeFen: number;
  /** What of all it has had is its income: what it may keep. */
  readonly incomeFen: Fen;
}

/** Demands that a household gave back no more than it has had. @throws DomainError RECEIPT_RETURN_COLLECTED */
export function demandHad(hadFen: number): void {
  demand(hadFen >= 0, 'RECEIPT_RETURN_COLLECTED', { amount: formatYuan(-hadFen) });
}

/**
 * Balances a household's account with a declaration: what it lacks is payable, what it has beyond is claimed, never
 * both, and its income is what it may keep. Every payment, return, correction and settlement ends with it.
 * @throws DomainError RECEIPT_RETURN_COLLECTED: what it gave back would have to be given back to it first
 */
export function balance({ entitledFen, hadFen, claimedFen }: Standing): Settled {
  demandHad(hadFen);
  return {
    payableFen: fen(Math.max(0, entitledFen - hadFen)),
    claimChangeFen: Math.max(0, hadFen - entitledFen) - claimedFen,
    incomeFen: fen(Math.min(hadFen, entitledFen)),
  };
}

/** Demands that a line can be replaced: once, and not while the bank has it. @throws DomainError LINE_REPLACED, LINE_IN_BATCH */
export function demandReplaceable(line: PaymentLine): void {
  demand(line.replacedBy === undefined, 'LINE_REPLACED', { line: line.lineNumber });
  demand(line.state !== 'batched', 'LINE_IN_BATCH', { line: line.lineNumber });
}

/** A correction of a line: another amount, or its amount to another household of the contract. */
export interface LineCorrection {
  readonly householdNumber: string;
  /** What the household is to have; when it is another one than the line's, what it gets beside what it has. */
  readonly amountFen: Fen;
  /** What the line's own household keeps when the amount goes to another one. */
  readonly leftFen: Fen;
}

/** A line that a correction puts in the place of others. */
export interface Replacement {
  readonly householdNumber: string;
  readonly amountFen: Fen;
  readonly postedFen: Fen;
  /** The line whose place it takes. */
  readonly replaces: number;
}

const postedOf = (line: PaymentLine): number => line.postedFen ?? line.amountFen;

/**
 * The lines that a correction puts in the place of a line, and of the line that the other household has of its own. A
 * line is reversed and replaced, never changed; what was posted for the lines is posted for what replaces them.
 * @param other the other household's line that counts
 * @throws DomainError LINE_REPLACED, LINE_IN_BATCH (wait for the bank), CORRECTION_MOVES_NOTHING
 */
export function replacements(
  line: PaymentLine,
  other: PaymentLine | undefined,
  { householdNumber, amountFen, leftFen }: LineCorrection,
): Replacement[] {
  demandReplaceable(line);
  const { householdNumber: own, lineNumber: replaces } = line;
  if (householdNumber === own) return [{ householdNumber: own, amountFen, postedFen: fen(postedOf(line)), replaces }];
  demand(amountFen > 0, 'CORRECTION_MOVES_NOTHING');
  if (other) demandReplaceable(other);
  const keptPosted = Math.min(leftFen, postedOf(line));
  return [
    ...(leftFen > 0 ? [{ householdNumber: own, amountFen: leftFen, postedFen: fen(keptPosted), replaces }] : []),
    {
      householdNumber,
      amountFen: fen((other?.amountFen ?? 0) + amountFen),
      postedFen: fen((other ? postedOf(other) : 0) + postedOf(line) - keptPosted),
      replaces: other?.lineNumber ?? replaces,
    },
  ];
}

/**
 * How much of each payment stays income of its household when it may keep `keptFen` of them all. The oldest payments
 * count first, so that the parts add up exactly.
 */
export function keptIncome(paymentsFen: readonly Fen[], keptFen: Fen): Fen[] {
  let left: number = keptFen;
  return paymentsFen.map((paid) => {
    const counts = Math.min(paid, left);
    left -= counts;
    return fen(counts);
  });
}
