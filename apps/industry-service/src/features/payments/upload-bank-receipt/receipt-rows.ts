import {
  type BankAnswer,
  type BankPayment,
  demandHad,
  judgeReceipt,
  type SentLine,
} from '@bangfu/domain/industry/payment';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { DomainError } from '@bangfu/domain/shared/errors';
import { parseYuan } from '@bangfu/domain/shared/money';
import { type BusinessDay, readDay } from '@bangfu/domain/shared/time';
import type { ListRow } from '@bangfu/platform/spreadsheet/read-list';
import type { NoteProblem } from '../../../lists/problems.ts';
import { receiptColumn, type ReceiptKey, RESULTS, UNSAID } from '../bank-layout.ts';
import { type LineRow, toPaymentLine } from '../line.repository.ts';

/** What a receipt does: lines newly paid, not paid, returned after they had been paid, and those it says nothing new of. */
export interface ReceiptEffect {
  readonly paid: readonly { readonly row: LineRow; readonly reference: string; readonly on: string }[];
  readonly rejected: readonly { readonly row: LineRow; readonly reason: string }[];
  readonly returned: readonly {
    readonly row: LineRow;
    readonly payment: BankPayment;
    readonly reason: string;
    readonly on: string;
  }[];
  readonly unchanged: number;
}

/** What a receipt is judged by. */
export interface ReceiptFacts {
  readonly batchId: string;
  /** The lines of the declaration by their ids. */
  readonly lines: ReadonlyMap<string, LineRow>;
  /** The lines of the batch as they were sent, with what the bank answered. */
  readonly sent: ReadonlyMap<string, SentLine>;
  /** The county's references so far, with the line and the batch of each. */
  readonly references: ReadonlyMap<string, { readonly lineId: string; readonly batchId: string }>;
  /** What households have had of the declaration, where more than one payment each is part of it. */
  readonly had: ReadonlyMap<string, number>;
  /** The day a row without one speaks of, the day the batch was made, and today. */
  readonly on: BusinessDay;
  readonly madeOn: BusinessDay;
  readonly today: BusinessDay;
}

/** A reference where it is compared: banks write it with blanks and in either case. */
export const referenceKey = (reference: string) => reference.replace(/\s/g, '').toUpperCase();

/** What is wrong within a row, where it stands and what stands there. */
interface CellProblem {
  readonly column: string;
  readonly value: string;
  readonly code: 'LIST_AMOUNT_INVALID' | 'RECEIPT_RESULT' | 'RECEIPT_REFERENCE_MISSING' | 'RECEIPT_DAY_UNREADABLE';
}
interface ReceiptRow {
  readonly answer: BankAnswer;
  readonly reason: string;
  readonly on: BusinessDay;
}

function readReceipt(values: ListRow<ReceiptKey>['values'], onElse: BusinessDay): ReceiptRow | CellProblem {
  const { amount, reason, day } = values;
  const result = values.result.replace(/\s+/g, '');
  const kind = RESULTS[result];
  if (!kind) return { column: receiptColumn('result'), value: result, code: 'RECEIPT_RESULT' };
  const amountFen = parseYuan(amount);
  const reference = referenceKey(values.reference);
  const on = day === '' ? onElse : readDay(day);
  if (on === null) return { column: receiptColumn('day'), value: day, code: 'RECEIPT_DAY_UNREADABLE' };
  const said = { reason: reason || UNSAID[kind], on };
  if (kind !== 'paid') {
    if (amountFen === null && amount !== '')
      return { column: receiptColumn('amount'), value: amount, code: 'LIST_AMOUNT_INVALID' };
    return { ...said, answer: { kind, ...(amountFen !== null && { amountFen }), ...(reference && { reference }) } };
  }
  if (amountFen === null) return { column: receiptColumn('amount'), value: amount, code: 'LIST_AMOUNT_INVALID' };
  if (reference === '') return { column: receiptColumn('reference'), value: '', code: 'RECEIPT_REFERENCE_MISSING' };
  return { ...said, answer: { kind, amountFen, reference } };
}

/** Where the refusal of a row is to be seen; else at the line's id. */
const COLUMN_OF: Readonly<Record<string, 'amount' | 'day'>> = {
  RECEIPT_AMOUNT: 'amount',
  DAY_TOO_EARLY: 'day',
  DAY_TOO_LATE: 'day',
};

/** Decides a receipt file row by row by the domain's rule; what is wrong is noted, and then nothing may be applied. */
export function decideReceipt(
  rows: readonly ListRow<ReceiptKey>[],
  facts: ReceiptFacts,
  note: NoteProblem,
): ReceiptEffect {
  const { batchId, lines, sent, references, on: onElse, madeOn, today } = facts;
  const effect = {
    paid: [] as ReceiptEffect['paid'][number][],
    rejected: [] as ReceiptEffect['rejected'][number][],
    returned: [] as ReceiptEffect['returned'][number][],
    unchanged: 0,
  };
  const seen = new Set<string>();
  const used = new Map<string, string>();
  const had = new Map(facts.had);
  for (const at of rows) {
    const { values, unknown } = at;
    // A row of which something cannot be known is reported by the reading; nothing of the file is applied then.
    if (unknown.size > 0) continue;
    const id = values.line.toLowerCase();
    const row = lines.get(id);
    const read = readReceipt(values, onElse);
    if (!row) note(at, receiptColumn('line'), values.line, 'RECEIPT_LINE_UNKNOWN');
    else if (seen.has(id)) note(at, receiptColumn('line'), values.line, 'RECEIPT_LINE_TWICE');
    else if ('code' in read) note(at, read.column, read.value, read.code);
    else {
      const { answer, reason, on } = read;
      try {
        const judged = judgeReceipt(toPaymentLine(row), batchId, sent.get(id), answer);
        if (judged.kind === 'unchanged') effect.unchanged += 1;
        else if (judged.kind === 'rejected') effect.rejected.push({ row, reason });
        else if (judged.kind === 'returned') {
          demandDay(on, { from: judged.payment.paidOn, until: today });
          const left = (had.get(row.householdId) ?? judged.payment.amountFen) - judged.payment.amountFen;
          demandHad(left);
          had.set(row.householdId, left);
          effect.returned.push({ row, payment: judged.payment, reason, on });
        } else if (answer.kind === 'paid') {
          demandDay(on, { from: madeOn, until: today });
          const known = references.get(answer.reference);
          const taken = known ? known.lineId !== id || known.batchId !== batchId : used.has(answer.reference);
          if (taken) note(at, receiptColumn('reference'), values.reference, 'RECEIPT_REFERENCE_TWICE');
          else effect.paid.push({ row, reference: values.reference, on });
        }
        if (answer.kind === 'paid') used.set(answer.reference, id);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const key = COLUMN_OF[error.code] ?? 'line';
        const value = key === 'day' ? on : values[key];
        note(at, receiptColumn(key), value, error.code, error.params);
      }
    }
    seen.add(id);
  }
  return effect;
}
