import type { Writable } from 'node:stream';
import type exceljs from 'exceljs';
import type { Cell, SheetRow } from './model.ts';
import { goneSignal } from '../http/gone.ts';
import { openWorkbook } from './open.ts';
import { paintHeader, type SheetValue, streamedBook, type StreamedSheet } from './write.ts';

/** A problem to be shown beside its row: `message` is written out, the cell under `column` is coloured. */
export interface MarkedProblem {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const PROBLEM_HEADER = '问题';
const PROBLEM_WIDTH = 60;
const COLOURS: Readonly<Record<MarkedProblem['severity'], exceljs.Fill>> = {
  error: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } },
  warning: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFEB9C' } },
};
/** Digits that a spreadsheet keeps exactly. */
const EXACT_DIGITS = 15;

function copyOf(cell: Cell | undefined): SheetValue {
  if (!cell) return null;
  if (cell.kind === 'number') {
    return cell.text.replace(/\D/g, '').length <= EXACT_DIGITS ? Number(cell.text) : cell.text;
  }
  if (cell.kind === 'boolean') return cell.text === 'TRUE';
  return cell.kind === 'date' ? new Date(`${cell.text}T00:00:00Z`) : cell.text;
}

/** Walks the problems, which stand in the order of sheets and rows, beside the rows that are read. */
function cursor(problems: AsyncIterable<MarkedProblem> | Iterable<MarkedProblem>) {
  const iterator = Symbol.asyncIterator in problems ? problems[Symbol.asyncIterator]() : problems[Symbol.iterator]();
  let next: MarkedProblem | undefined;
  let started = false;
  async function step(): Promise<void> {
    const { done, value } = await iterator.next();
    next = done ? undefined : value;
  }
  return {
    async of(sheet: string, row: number): Promise<readonly MarkedProblem[]> {
      if (!started) {
        started = true;
        await step();
      }
      const found: MarkedProblem[] = [];
      while (next && next.sheet === sheet && next.row <= row) {
        if (next.row === row) found.push(next);
        await step();
      }
      return found;
    },
  };
}

function paint(problems: readonly MarkedProblem[], columns: ReadonlyMap<string, number>) {
  return (row: exceljs.Row): void => {
    const byWeight = problems.toSorted((a, b) => (a.severity === b.severity ? 0 : a.severity === 'warning' ? -1 : 1));
    for (const { column, severity } of byWeight) {
      row.getCell(1).fill = COLOURS[severity];
      const at = columns.get(column);
      if (at !== undefined) row.getCell(at + 2).fill = COLOURS[severity];
    }
  };
}

async function copyRow(
  target: StreamedSheet,
  row: SheetRow,
  problems: readonly MarkedProblem[],
  headerRow: number,
  columns: Map<string, number>,
): Promise<void> {
  const isHeader = row.number === headerRow;
  if (isHeader || row.number === headerRow + 1) {
    row.cells.forEach((cell, i) => {
      const text = cell?.text.trim() ?? '';
      if (text !== '' && !columns.has(text)) columns.set(text, i);
    });
  }
  const told = problems.map(({ message }) => message).join('\n');
  const first = isHeader ? [PROBLEM_HEADER, told].filter(Boolean).join('\n') : told || null;
  await target.add([first, ...row.cells.map(copyOf)], (painted) => {
    if (isHeader) paintHeader(painted);
    if (problems.length > 0) paint(problems, columns)(painted);
  });
}

/**
 * Writes the uploaded workbook again as .xlsx with a first column 问题 and the cells of the problems coloured (red for
 * an error, yellow for a warning). Both files are streamed.
 * @param problems in the order of the sheets and, within one, of the rows.
 * @param headerRows the header's row by sheet, as the import answered it; problems of other sheets name no column.
 * @throws what `openWorkbook` throws, and the stream's error when its reader is gone.
 */
export async function writeProblemsWorkbook(
  out: Writable,
  sourcePath: string,
  problems: AsyncIterable<MarkedProblem> | Iterable<MarkedProblem>,
  headerRows: Readonly<Record<string, number>>,
): Promise<void> {
  const source = await openWorkbook(sourcePath, {}, goneSignal(out));
  try {
    const book = await streamedBook(out);
    const marks = cursor(problems);
    for (const sheet of source.sheets) {
      const headerRow = headerRows[sheet.name] ?? 0;
      const frozen: Partial<exceljs.AddWorksheetOptions> =
        headerRow > 0 ? { views: [{ state: 'frozen', xSplit: 1, ySplit: headerRow }] } : {};
      const target = book.addSheet(sheet.name, frozen);
      target.sheet.columns = [{ width: PROBLEM_WIDTH, style: { alignment: { wrapText: true } } }];
      const columns = new Map<string, number>();
      let last = 0;
      for await (const batch of sheet.rows()) {
        for (const row of batch) {
          // Rows that the file left out stay, so that the numbers of the problems fit.
          for (; last < row.number - 1; last++) await target.add([]);
          last = row.number;
          await copyRow(target, row, await marks.of(sheet.name, row.number), headerRow, columns);
        }
      }
      await target.end();
    }
    await book.end();
  } finally {
    await source.close();
  }
}
