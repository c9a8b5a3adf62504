import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { read, utils, type CellObject, type WorkSheet } from '@e965/xlsx';
import { mergeFiller } from './merges.ts';
import { BATCH_ROWS, type Cell, type SheetRow } from './model.ts';
import type { OdsUnseen } from './ods-unseen.ts';
import { decimalText, isDateFormat, serialDay } from './number-text.ts';

/** What the reader asks of this thread: a batch of a sheet's rows from a row on. */
export interface WholeRequest {
  readonly sheet: number;
  readonly from: number;
}
export type WholeAnswer =
  | { readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[]; readonly empty: boolean }
  | { readonly rows: readonly SheetRow[]; readonly next: number | null }
  | { readonly failed: string; readonly place?: string };

export interface WholeTask {
  readonly path: string;
  readonly rows: number;
  readonly columns: number;
  readonly cellLength: number;
  /** .ods may hold formulas without a value; .xls always holds one. */
  readonly formulas: boolean;
  /** Cells whose value nobody knows, where the library would leave them out or take them for a zero. */
  readonly unknown: OdsUnseen['unknown'];
}

const task = workerData as WholeTask;

/** A limit that was passed, and where. */
class Beyond extends Error {
  readonly limit: 'cell' | 'rows' | 'columns';
  readonly place: string;
  constructor(limit: Beyond['limit'], place: string) {
    super(limit);
    this.limit = limit;
    this.place = place;
  }
}

function readCell(cell: CellObject | undefined, from1904: boolean, place: () => string): Cell | undefined {
  if (cell?.t === 'e') return { text: cell.w ?? (cell.f ? `=${cell.f}` : '#N/A'), kind: 'error' };
  if (!cell || cell.v === undefined || cell.v === null) {
    return cell?.f ? { text: `=${cell.f}`, kind: 'error' } : undefined;
  }
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const day = typeof cell.z === 'string' && isDateFormat(cell.z) ? serialDay(cell.v, from1904) : null;
    return day === null ? { text: decimalText(cell.v), kind: 'number' } : { text: day, kind: 'date' };
  }
  if (cell.t === 'b') return { text: cell.v ? 'TRUE' : 'FALSE', kind: 'boolean' };
  if (cell.v instanceof Date) return { text: cell.v.toISOString().slice(0, 10), kind: 'date' };
  const text = String(cell.v);
  if (text.length > task.cellLength) throw new Beyond('cell', place());
  return text === '' ? undefined : { text, kind: 'text' };
}

function open() {
  const book = read(readFileSync(task.path), {
    dense: true,
    cellNF: true,
    cellFormula: task.formulas,
    cellHTML: false,
  });
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets = book.SheetNames.map((name) => sheetOf(name, book.Sheets[name] ?? {}));

  function sheetOf(name: string, sheet: WorkSheet) {
    const data = (sheet['!data'] ?? []) as (CellObject | undefined)[][];
    for (const { table, row, column, text } of task.unknown) {
      if (table === name && row < task.rows && column < task.columns)
        (data[row] ??= [])[column] = { t: 'e', v: 0x2a, w: text };
    }
    if (data.length > task.rows) throw new Beyond('rows', `${name}!A${task.rows + 1}`);
    const row = data.findIndex((cells) => cells && cells.length > task.columns);
    if (row >= 0) {
      throw new Beyond('columns', `${name}!${utils.encode_cell({ r: row, c: task.columns })}`);
    }
    const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r + 1, bottom: e.r + 1, left: s.c }));
    return { data, fill: mergeFiller(merges) };
  }

  return {
    sheets: book.SheetNames.map((name, i) => ({ name, hidden: (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0 })),
    empty: sheets.every(({ data }) => data.length === 0),
    batch(request: WholeRequest): WholeAnswer {
      const sheet = sheets[request.sheet];
      const rows: SheetRow[] = [];
      const end = Math.min(sheet?.data.length ?? 0, request.from + BATCH_ROWS);
      for (let i = request.from; i < end; i++) {
        const cells = Array.from(sheet?.data[i] ?? [], (cell, column) =>
          readCell(cell, from1904, () => utils.encode_cell({ r: i, c: column })),
        );
        sheet?.fill(i + 1, cells);
        if (cells.some((cell) => cell !== undefined)) rows.push({ number: i + 1, cells });
      }
      return { rows, next: end < (sheet?.data.length ?? 0) ? end : null };
    },
  };
}

/** Says how it failed in a word: the limit and its place, encrypted, or broken. */
function failure(error: unknown): { failed: string; place?: string } {
  if (error instanceof Beyond) return { failed: error.limit, place: error.place };
  return error instanceof Error &&
    /^(File is password-protected|Encryption scheme|Unsupported ODS Encryption)/.test(error.message)
    ? { failed: 'encrypted' }
    : { failed: 'broken' };
}

function answer(make: () => WholeAnswer): void {
  try {
    parentPort?.postMessage(make());
  } catch (error) {
    parentPort?.postMessage(failure(error) satisfies WholeAnswer);
  }
}

answer(() => {
  const book = open();
  parentPort?.on('message', (request: WholeRequest) => answer(() => book.batch(request)));
  return { sheets: book.sheets, empty: book.empty };
});
