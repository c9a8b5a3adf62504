import { headerKey, normaliseText } from './normalise.ts';

/** What a row under a table's header is. */
export type RowKind = 'blank' | 'header' | 'totals' | 'data';

/** A cell of a table, as far as the kind of its row depends on it. */
export interface TableCell {
  readonly text: string;
  /** The value comes from a merge. */
  readonly merged?: boolean;
}
type TableCells = readonly (TableCell | undefined)[];

const TOTALS = new Set(['合计', '总计', '小计']);
const LONGEST_HEADER = 60;

/** Whether a row repeats a line of the header: at least two cells, and most of those filled, say what the header says. */
function repeats(lines: readonly (readonly string[])[], cells: TableCells): boolean {
  return lines.some((line) => {
    let same = 0;
    let filled = 0;
    for (let i = 0; i < cells.length; i++) {
      const text = cells[i]?.text ?? '';
      const key = text.length > LONGEST_HEADER ? text : headerKey(text);
      if (key === '') continue;
      filled++;
      if (key === line[i]) same++;
    }
    return same >= 2 && same * 2 > filled;
  });
}

/**
 * What a row under a header is (formats, "Counting"): blank also when only a merge gives it values, totals when its
 * first non-empty cell is 合计, 总计 or 小计, spaced or with a colon as forms have it.
 * @param lines the header's lines as `headerKey`s; none where the row is known to be no header
 */
export function tableRowKind(lines: readonly (readonly string[])[], cells: TableCells): RowKind {
  let first = '';
  let own = false;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (!cell) continue;
    const text = normaliseText(cell.text);
    if (text === '') continue;
    if (first === '') first = text;
    if (!cell.merged) {
      own = true;
      break;
    }
  }
  if (!own) return 'blank';
  if (TOTALS.has(first.replace(/[\s:：]+/g, ''))) return 'totals';
  return repeats(lines, cells) ? 'header' : 'data';
}

/** The counts of one sheet. */
export interface RowCounts {
  readonly dataRows: number;
  readonly skippedRows: number;
}

/**
 * Counts a sheet's rows as they are read, in order. Rows that the file leaves out between two rows are blank; those
 * after the last non-empty one do not count.
 */
export function rowCounter(header: { readonly row: number; readonly lastRow: number }): {
  take: (number: number, kind: RowKind) => void;
  counts: () => RowCounts;
} {
  let dataRows = 0;
  let skippedRows = header.row - 1;
  let last = header.lastRow;
  return {
    take(number, kind) {
      if (kind === 'blank') return;
      skippedRows += number - last - 1;
      last = number;
      if (kind === 'data') dataRows++;
      else skippedRows++;
    },
    counts: () => ({ dataRows, skippedRows }),
  };
}
