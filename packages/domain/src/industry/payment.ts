import { demand } from '../shared/errors.ts';
import { type Fen, fen } from '../shared/money.ts';

/**
 * A line of a declaration on its way to the household: `open` (to be paid) → `batched` (in a payment file) → `paid`
 * (the bank's file says so) or back to `open` when the bank rejects it. `void` lines pay nothing: reversed before they
 * were paid, or a correction that leaves nothing to pay.
 */
export type LineState = 'open' | 'batched' | 'paid' | 'void';

export interface PaymentLine {
  readonly lineNumber: number;
  readonly householdNumber: string;
  /** What the household is to have. */
  readonly amountFen: Fen;
  /** What is still to be paid for it: less than the amount when the line replaces one that was paid. */
  readonly payableFen: Fen;
  readonly state: LineState;
  readonly batchId?: string;
  readonly bankReference?: string;
  readonly rejection?: string;
  /** What the household says it received. */
  readonly confirmedFen?: Fen;
  readonly replaces?: number;
  readonly replacedBy?: number;
  /** Paid too much or to the wrong household, to be recovered. */
  readonly recoverableFen?: Fen;
}

/** A fresh line. */
export function paymentLine(lineNumber: number, householdNumber: string, amountFen: Fen): PaymentLine {
  demand(amountFen >= 0, 'DIVIDEND_AMOUNT_NEGATIVE', { household: householdNumber });
  const state = amountFen === 0 ? 'void' : 'open';
  return { lineNumber, householdNumber, amountFen, payableFen: amountFen, state };
}

/** Puts a line into a payment batch. @throws DomainError LINE_NOT_PAYABLE: batched, paid, replaced or void already. */
export function batchLine(line: PaymentLine, batchId: string): PaymentLine {
  demand(line.state === 'open' && line.replacedBy === undefined, 'LINE_NOT_PAYABLE', { line: line.lineNumber });
  const { rejection: _rejection, ...rest } = line;
  return { ...rest, state: 'batched', batchId };
}

/** A line of the bank's receipt file. */
export type BankReceipt =
  | { readonly batchId: string; readonly amountFen: Fen; readonly reference: string }
  | { readonly batchId: string; readonly rejection: string };

/**
 * Applies the bank's answer to a line. The same receipt again changes nothing; a rejected line is open again.
 * @throws DomainError RECEIPT_OTHER_BATCH, RECEIPT_AMOUNT, LINE_PAID (by another receipt).
 */
export function applyReceipt(line: PaymentLine, receipt: BankReceipt): PaymentLine {
  if (line.state === 'paid' && line.batchId === receipt.batchId && 'reference' in receipt) {
    demand(line.bankReference === receipt.reference, 'LINE_PAID', { line: line.lineNumber });
    return line;
  }
  demand(line.state !== 'paid', 'LINE_PAID', { line: line.lineNumber });
  demand(line.state === 'batched' && line.batchId === receipt.batchId, 'RECEIPT_OTHER_BATCH', {
    line: line.lineNumber,
  });
  if ('rejection' in receipt) {
    const { batchId: _batchId, ...rest } = line;
    return { ...rest, state: 'open', rejection: receipt.rejection };
  }
  demand(receipt.amountFen === line.payableFen, 'RECEIPT_AMOUNT', {
    line: line.lineNumber,
    paid: receipt.amountFen / 100,
    due: line.payableFen / 100,
  });
  return { ...line, state: 'paid', bankReference: receipt.reference };
}

/**
 * The household says what it received. A difference is kept and raises a ticket (`differs`).
 * @throws DomainError LINE_NOT_PAID.
 */
export function confirmReceived(line: PaymentLine, receivedFen: Fen): { line: PaymentLine; differs: boolean } {
  demand(line.state === 'paid', 'LINE_NOT_PAID', { line: line.lineNumber });
  return { line: { ...line, confirmedFen: receivedFen }, differs: receivedFen !== line.payableFen };
}

/** What has reached the household through a line and those it replaced. */
const alreadyPaid = (line: PaymentLine): number =>
  line.state === 'paid' ? line.amountFen : line.replaces === undefined ? 0 : line.amountFen - line.payableFen;

/** Demands that a line can be replaced: once, and not while the bank has it. @throws DomainError LINE_REPLACED, LINE_IN_BATCH */
export function demandReplaceable(line: PaymentLine): void {
  demand(line.replacedBy === undefined, 'LINE_REPLACED', { line: line.lineNumber });
  demand(line.state !== 'batched', 'LINE_IN_BATCH', { line: line.lineNumber });
}

/**
 * Corrects a line by a new one that reverses and replaces it. Nothing is paid twice: what the same household had already
 * is taken off what the new line pays, and too much is noted to be recovered; another household is paid in full and the
 * whole payment to the first is to be recovered. Made by one person and checked by another. `keptFen` is what the first
 * household may keep of all that reached it through this line and those it replaced.
 * @throws DomainError LINE_REPLACED, LINE_IN_BATCH (wait for the bank), CORRECTION_SAME_PERSON, DECLARATION_REASON_MISSING,
 * DIVIDEND_AMOUNT_NEGATIVE.
 */
export function correctLine(
  line: PaymentLine,
  correction: {
    readonly lineNumber: number;
    readonly householdNumber: string;
    readonly amountFen: Fen;
    readonly reason: string;
    readonly madeBy: string;
    readonly checkedBy: string;
  },
): { reversed: PaymentLine; replacement: PaymentLine; keptFen: Fen } {
  demandReplaceable(line);
  demand(correction.madeBy !== correction.checkedBy, 'CORRECTION_SAME_PERSON');
  demand(correction.reason.trim() !== '', 'DECLARATION_REASON_MISSING');
  const fresh = paymentLine(correction.lineNumber, correction.householdNumber, correction.amountFen);
  const had = alreadyPaid(line);
  const same = correction.householdNumber === line.householdNumber;
  const payable = Math.max(0, same ? fresh.amountFen - had : fresh.amountFen);
  const recoverable = same ? Math.max(0, had - fresh.amountFen) : had;
  const reversed: PaymentLine = {
    ...line,
    replacedBy: fresh.lineNumber,
    state: line.state === 'paid' ? 'paid' : 'void',
    ...(recoverable > 0 && { recoverableFen: fen(recoverable) }),
  };
  const replacement: PaymentLine = {
    ...fresh,
    payableFen: fen(payable),
    replaces: line.lineNumber,
    state: payable === 0 ? 'void' : 'open',
  };
  return { reversed, replacement, keptFen: fen(had - recoverable) };
}

/**
 * How much of each payment stays income of its household when a correction leaves it `keptFen` of them all. The oldest
 * payments count first, so that the parts add up exactly.
 */
export function keptIncome(paymentsFen: readonly Fen[], keptFen: Fen): Fen[] {
  let left: number = keptFen;
  return paymentsFen.map((paid) => {
    const counts = Math.min(paid, left);
    left -= counts;
    return fen(counts);
  });
}

/** Lines that keep a declaration from being closed: to be paid or in a batch. */
export function unsettledLines(lines: readonly PaymentLine[]): number {
  return lines.filter((l) => l.state === 'open' || l.state === 'batched').length;
}

/** What the declaration comes to after its corrections: the sum of the lines that nothing replaces. */
export function effectiveTotal(lines: readonly PaymentLine[]): Fen {
  return fen(lines.reduce((sum, l) => (l.replacedBy === undefined ? sum + l.amountFen : sum), 0));
}
