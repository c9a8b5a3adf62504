import { applyReceipt, type BankReceipt, type PaymentLine } from '@bangfu/domain/industry/payment';
import { DomainError } from '@bangfu/domain/shared/errors';
import { type Fen, parseYuan } from '@bangfu/domain/shared/money';
import type { ListColumn } from '@bangfu/service-kit/spreadsheet/list-header';
import type { ListRow } from '@bangfu/service-kit/spreadsheet/read-list';
import type { NoteProblem } from '../../../lists/problems.ts';
import { type LineRow, toPaymentLine } from '../line.repository.ts';

type Key = 'line' | 'amount' | 'result' | 'reference' | 'reason';

/** The bank's receipt file. */
export const RECEIPT_COLUMNS: readonly ListColumn<Key>[] = [
  { key: 'line', headers: ['明细编号'], kind: 'number' },
  { key: 'amount', headers: ['金额(元)', '金额', '实发金额'], kind: 'yuan' },
  { key: 'result', headers: ['结果', '处理结果', '状态'] },
  { key: 'reference', headers: ['流水号', '银行流水号', '交易流水号'], kind: 'numbers' },
  { key: 'reason', headers: ['失败原因', '备注'], optional: true },
];
const PAID = ['成功', '已发放', '交易成功'];
const REJECTED = ['失败', '退回', '交易失败'];

/** What a receipt does: lines newly paid, lines given back, lines it says nothing new about. */
export interface ReceiptEffect {
  readonly paid: readonly { readonly row: LineRow; readonly line: PaymentLine; readonly reference: string }[];
  readonly rejected: readonly { readonly row: LineRow; readonly reason: string }[];
  readonly unchanged: number;
}

/** What is wrong within a row, where it stands and what stands there. */
interface CellProblem {
  readonly column: string;
  readonly value: string;
  readonly code: 'LIST_AMOUNT_INVALID' | 'RECEIPT_RESULT' | 'RECEIPT_REFERENCE_MISSING';
}

function readReceipt(values: ListRow<Key>['values'], batchId: string): BankReceipt | CellProblem {
  const { amount, reference, reason } = values;
  const result = values.result.replace(/\s+/g, '');
  if (REJECTED.includes(result)) return { batchId, rejection: reason || '银行退回' };
  if (!PAID.includes(result)) return { column: '结果', value: result, code: 'RECEIPT_RESULT' };
  const amountFen: Fen | null = parseYuan(amount);
  if (amountFen === null) return { column: '金额(元)', value: amount, code: 'LIST_AMOUNT_INVALID' };
  if (reference === '') return { column: '流水号', value: '', code: 'RECEIPT_REFERENCE_MISSING' };
  return { batchId, amountFen, reference };
}

/** Decides a receipt file row by row by the domain's rule; what is wrong is noted, and then nothing may be applied. */
export function decideReceipt(
  rows: readonly ListRow<Key>[],
  lines: ReadonlyMap<string, LineRow>,
  references: ReadonlyMap<string, string>,
  batchId: string,
  note: NoteProblem,
): ReceiptEffect {
  const paid: ReceiptEffect['paid'][number][] = [];
  const rejected: ReceiptEffect['rejected'][number][] = [];
  let unchanged = 0;
  const seen = new Set<string>();
  const used = new Map(references);
  for (const at of rows) {
    const { values, unknown } = at;
    // A row of which something cannot be known is reported by the reading; nothing of the file is applied then.
    if (unknown.size > 0) continue;
    const id = values.line.toLowerCase();
    const row = lines.get(id);
    const receipt = readReceipt(values, batchId);
    if (!row) note(at, '明细编号', values.line, 'RECEIPT_LINE_UNKNOWN');
    else if (seen.has(id)) note(at, '明细编号', values.line, 'RECEIPT_LINE_TWICE');
    else if ('code' in receipt) note(at, receipt.column, receipt.value, receipt.code);
    else if ('reference' in receipt && (used.get(receipt.reference) ?? id) !== id) {
      note(at, '流水号', receipt.reference, 'RECEIPT_REFERENCE_TWICE');
    } else if ('rejection' in receipt && row.state === 'open' && row.rejection === receipt.rejection) {
      // The same rejection again: the line was given back then.
      unchanged += 1;
    } else {
      try {
        const before = toPaymentLine(row);
        const line = applyReceipt(before, receipt);
        if (line === before) unchanged += 1;
        else if ('rejection' in receipt) rejected.push({ row, reason: receipt.rejection });
        else paid.push({ row, line, reference: receipt.reference });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code === 'RECEIPT_AMOUNT') note(at, '金额(元)', values.amount, error.code, error.params);
        else note(at, '明细编号', values.line, error.code, error.params);
      }
    }
    if ('reference' in receipt) used.set(receipt.reference, id);
    seen.add(id);
  }
  return { paid, rejected, unchanged };
}
