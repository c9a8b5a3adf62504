import type { BankAnswer } from '@bangfu/domain/industry/payment';
import type { ExportColumn } from '@bangfu/platform/spreadsheet/write';
import type { ListColumn } from '@bangfu/platform/spreadsheet/list-header';

/** The sheet of the file that a bank is sent, and its columns. */
export const ORDER_SHEET = '代发明细';
export const ORDER_COLUMNS: readonly ExportColumn[] = [
  { header: '明细编号', kind: 'text', width: 40 },
  { header: '户编号', kind: 'text', width: 20 },
  { header: '收款人', kind: 'text' },
  { header: '开户行', kind: 'text', width: 28 },
  { header: '账号', kind: 'text', width: 26 },
  { header: '金额(元)', kind: 'money' },
  { header: '用途', kind: 'text', width: 30 },
];

/** The columns of a bank's receipt file, by the headings that banks use; problems are shown under the first. */
const RECEIPT = {
  line: ['明细编号'],
  amount: ['金额(元)', '金额', '实发金额'],
  result: ['结果', '处理结果', '状态'],
  reference: ['流水号', '银行流水号', '交易流水号'],
  reason: ['失败原因', '退汇原因', '备注'],
  day: ['日期', '交易日期', '发放日期', '退汇日期'],
} as const;
export type ReceiptKey = keyof typeof RECEIPT;

export const RECEIPT_COLUMNS: readonly ListColumn<ReceiptKey>[] = [
  { key: 'line', headers: RECEIPT.line, kind: 'number' },
  { key: 'amount', headers: RECEIPT.amount, kind: 'yuan' },
  { key: 'result', headers: RECEIPT.result },
  { key: 'reference', headers: RECEIPT.reference, kind: 'numbers' },
  { key: 'reason', headers: RECEIPT.reason, optional: true },
  { key: 'day', headers: RECEIPT.day, kind: 'day', optional: true },
];

/** The heading under which a problem of a receipt's cell is shown. */
export const receiptColumn = (key: ReceiptKey): string => RECEIPT[key][0];

/** What the words of banks mean. Given back is said both of what was never paid and of what was returned. */
export const RESULTS: Readonly<Record<string, BankAnswer['kind']>> = {
  成功: 'paid',
  已发放: 'paid',
  交易成功: 'paid',
  失败: 'failed',
  交易失败: 'failed',
  退回: 'given-back',
  已退回: 'given-back',
  退汇: 'returned',
  已退汇: 'returned',
};

/** The reason that is noted where a bank gave none. */
export const UNSAID: Readonly<Record<BankAnswer['kind'], string>> = {
  paid: '',
  failed: '银行退回',
  'given-back': '银行退回',
  returned: '银行退汇',
};
