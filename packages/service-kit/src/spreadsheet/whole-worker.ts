import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { read, SSF, utils, type CellObject, type WorkSheet } from '@e965/xlsx';
import { mergeFiller } from './merges.ts';
import { BATCH_ROWS, type Cell, type SheetRow } from './model.ts';
import { decimalText, serialDay } from './number-text.ts';

/** What the reader asks of this thread: a batch of a sheet's rows from a row on. */
export interface WholeRequest {
  readonly sheet: number;
  readonly from: number;
}
export type WholeAnswer =
  | { readonly names: readonly string[]; readonly empty: boolean }
  | { readonly rows: readonly SheetRow[]; readonly next: number | null }
  | { readonly failed: string };

export interface WholeTask {
  readonly path: string;
  readonly rows: number;
  readonly columns: number;
  readonly cellLength: number;
}

const task = workerData as WholeTask;

function readCell(cell: CellObject | undefined, from1904: boolean): Cell | undefined {
  if (!cell || cell.v === undefined || cell.v === null) return undefined;
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const day = typeof cell.z === 'string' && SSF.is_date(cell.z) ? serialDay(cell.v, from1904) : null;
    return day === null ? { text: decimalText(cell.v), kind: 'number' } : { text: day, kind: 'date' };
  }
  if (cell.t === 'b') return { text: cell.v ? 'TRUE' : 'FALSE', kind: 'boolean' };
  if (cell.v instanceof Date) return { text: cell.v.toISOString().slice(0, 10), kind: 'date' };
  const text = cell.t === 'e' ? (cell.w ?? '') : String(cell.v);
  if (text.length > task.cellLength) throw new RangeError('cell');
  return text === '' ? undefined : { text, kind: 'text' };
}

function open() {
  const book = read(readFileSync(task.path), { dense: true, cellNF: true, cellFormula: false, cellHTML: false });
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets = book.SheetNames.map((name) => sheetOf(book.Sheets[name] ?? {}));

  function sheetOf(sheet: WorkSheet) {
    const data = (sheet['!data'] ?? []) as (CellObject | undefined)[][];
    const range = sheet['!ref'] ? utils.decode_range(sheet['!ref']) : null;
    if (data.length > task.rows) throw new RangeError('rows');
    if (range && range.e.c >= task.columns && data.some((row) => row && row.length > task.columns)) {
      throw new RangeError('columns');
    }
    const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r + 1, bottom: e.r + 1, left: s.c }));
    return { data, fill: mergeFiller(merges) };
  }

  return {
    names: book.SheetNames,
    empty: sheets.every(({ data }) => data.length === 0),
    batch(request: WholeRequest): WholeAnswer {
      const sheet = sheets[request.sheet];
      const rows: SheetRow[] = [];
      const end = Math.min(sheet?.data.length ?? 0, request.from + BATCH_ROWS);
      for (let i = request.from; i < end; i++) {
        const cells = Array.from(sheet?.data[i] ?? [], (cell) => readCell(cell, from1904));
        sheet?.fill(i + 1, cells);
        if (cells.some((cell) => cell !== undefined)) rows.push({ number: i + 1, cells });
      }
      return { rows, next: end < (sheet?.data.length ?? 0) ? end : null };
    },
  };
}

/** Says how it failed in a word: the limit, encrypted, or broken. */
function failure(error: unknown): string {
  if (error instanceof RangeError && ['cell', 'rows', 'columns'].includes(error.message)) return error.message;
  return error instanceof Error &&
    /^(File is password-protected|Encryption scheme|Unsupported ODS Encryption)/.test(error.message)
    ? 'encrypted'
    : 'broken';
}

function answer(make: () => WholeAnswer): void {
  try {
    parentPort?.postMessage(make());
  } catch (error) {
    parentPort?.postMessage({ failed: failure(error) } satisfies WholeAnswer);
  }
}

answer(() => {
  const book = open();
  parentPort?.on('message', (request: WholeRequest) => answer(() => book.batch(request)));
  return { names: book.names, empty: book.empty };
});
