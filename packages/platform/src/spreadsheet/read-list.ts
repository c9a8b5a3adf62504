import { columnLetters } from '@bangfu/domain/shared/column-letters';
import { isErrorText } from '@bangfu/domain/shared/cell-error';
import { readFullDay } from '@bangfu/domain/shared/day-text';
import { hasLostDigits } from '@bangfu/domain/shared/digits';
import { DomainError } from '@bangfu/domain/shared/errors';
import { maskDigits } from '@bangfu/domain/shared/id-number';
import { isMasked } from '@bangfu/domain/shared/masked';
import { isDitto, isPlaceholder } from '@bangfu/domain/shared/placeholder';
import { normaliseName, normaliseNumber, normaliseNumbers, normaliseText } from '@bangfu/domain/shared/normalise';
import { isReadableName } from '@bangfu/domain/shared/readable-name';
import { type RowCounts, rowCounter, tableRowKind } from '@bangfu/domain/shared/table-rows';
import type { WorkbookLimits } from './limits.ts';
import { type ListCellKind, type ListColumn, type ListHeader, listHeaderFinder } from './list-header.ts';
import type { Cell, Sheet, SheetRow } from './model.ts';
import { openWorkbook } from './open.ts';

/** What can be wrong with any list's cells and sheets (formats, "Every list is read like a roster"). */
export type ListCode =
  | 'CELL_ERROR'
  | 'ID_SCIENTIFIC'
  | 'MASKED_VALUE'
  | 'VALUE_PLACEHOLDER'
  | 'NAME_UNREADABLE'
  | 'SHEET_UNREAD'
  | 'SHEET_HIDDEN'
  | 'SHEET_NO_ROWS'
  | 'COLUMN_UNKNOWN';

/** One thing wrong with a list. Sheet, row and column as the spreadsheet names them; digits are masked. */
export interface ListIssue {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly code: ListCode;
}

/** A row of a list by its columns' keys, normalised; '' where the cell is empty or says nothing that can be known. */
export interface ListRow<Key extends string> {
  readonly sheet: string;
  readonly row: number;
  readonly values: Readonly<Record<Key, string>>;
  /** The columns that are reported already and need no second word. */
  readonly unknown: ReadonlySet<Key>;
}

/** What was read of a list. With any problem nothing of it may be taken; warnings come with it. */
export interface ReadList<Key extends string> {
  readonly sheets: readonly (RowCounts & { readonly name: string; readonly headerRow: number })[];
  readonly rows: readonly ListRow<Key>[];
  readonly problems: readonly ListIssue[];
  readonly warnings: readonly ListIssue[];
  /** The headers that are read, and those nobody knows. */
  readonly matched: readonly string[];
  readonly unknown: readonly string[];
}

export interface ListOptions {
  /** Titles and notes stand above the header; below this row none is looked for. */
  readonly headerWithin?: number;
  readonly limits?: Partial<WorkbookLimits>;
  /** The most rows of data all sheets may have together. */
  readonly mostRows?: number;
  /** Ends the reading, with its reason. */
  readonly signal?: AbortSignal;
  /** Called with the rows read so far, between batches. */
  readonly onRows?: (rows: number) => Promise<void>;
  /** A context's own words for a file without the header, and for one without rows. */
  readonly codes?: { readonly header?: string; readonly empty?: string };
}

const HEADER_WITHIN = 20;
const MOST_ROWS = 200_000;
/** A list lies in the memory of its service: two hundred thousand lines of more than a hundred signs. */
const MAX_LIST_SIGNS = 2 ** 25;
/** More are not noted one by one: a list as wrong as that is made again. */
const MAX_ISSUES = 10_000;

/**
 * Reads every sheet of a workbook that is shown and has a list's header, each row by its columns, all normalised. What
 * is not read (another sheet, a hidden one, a column nobody knows) is said.
 * @throws DomainError LIST_HEADER {missing} when no sheet has the header, LIST_EMPTY when none has a row, LIST_UNIT when
 * money is not in yuan, LIST_TOO_LONG, SHEETS_HIDDEN and those of `openWorkbook`
 */
export async function readList<Key extends string>(
  path: string,
  columns: readonly ListColumn<Key>[],
  options: ListOptions = {},
): Promise<ReadList<Key>> {
  const workbook = await openWorkbook(path, { allSigns: MAX_LIST_SIGNS, ...options.limits }, options.signal);
  try {
    const list = listTaker(columns, options);
    for (const sheet of workbook.sheets) await list.take(sheet);
    return list.done();
  } finally {
    await workbook.close();
  }
}

function listTaker<Key extends string>(columns: readonly ListColumn<Key>[], options: ListOptions) {
  const { headerWithin = HEADER_WITHIN, mostRows = MOST_ROWS } = options;
  const rows: ListRow<Key>[] = [];
  const sheets: ReadList<Key>['sheets'][number][] = [];
  const problems: ListIssue[] = [];
  const warnings: ListIssue[] = [];
  const matched = new Set<string>();
  const unknown = new Set<string>();
  const hidden: string[] = [];
  let missing: readonly string[] | null = null;

  function unread(sheet: string, code: ListCode, column = '', row = 0): void {
    warnings.push({ sheet, row, column, value: sheet, code });
  }
  function begin(sheet: Sheet, header: ListHeader<Key>) {
    for (const index of header.at.values()) matched.add(header.texts[index] ?? '');
    for (const { text } of header.unknown) {
      unknown.add(text);
      warnings.push({ sheet: sheet.name, row: header.lastRow, column: text, value: text, code: 'COLUMN_UNKNOWN' });
    }
    const counter = rowCounter(header);
    const bare = new Set<number>();
    return {
      header,
      counter,
      row(row: SheetRow): void {
        const kind = tableRowKind(header.lines, row.cells);
        counter.take(row.number, kind);
        if (kind !== 'data') return;
        rows.push(readRow(sheet.name, row, columns, header, problems, warnings));
        if (rows.length > mostRows) {
          const place = `${sheet.name === '' ? '' : `${sheet.name}!`}A${row.number}`;
          throw new DomainError('LIST_TOO_LONG', { limit: mostRows, place });
        }
        row.cells.forEach((cell, index) => {
          if (!cell || cell.merged || bare.has(index) || (header.texts[index] ?? '') !== '') return;
          if (normaliseText(cell.text) === '') return;
          bare.add(index);
          const letters = columnLetters(index);
          unknown.add(letters);
          warnings.push({
            sheet: sheet.name,
            row: row.number,
            column: letters,
            value: letters,
            code: 'COLUMN_UNKNOWN',
          });
        });
      },
    };
  }

  return {
    async take(sheet: Sheet): Promise<void> {
      const finder = listHeaderFinder(columns);
      let reading: ReturnType<typeof begin> | null = null;
      let hasContent = false;
      for await (const batch of sheet.rows()) {
        for (const row of batch) {
          hasContent ||= row.cells.some((cell) => cell !== undefined && normaliseText(cell.text) !== '');
          if (sheet.hidden && hasContent) break;
          if (reading) reading.row(row);
          else if (row.number <= headerWithin) {
            const header = finder.take(row);
            if (header) reading = begin(sheet, header);
          }
        }
        await options.onRows?.(rows.length);
        if ((sheet.hidden && hasContent) || (!reading && (batch.at(-1)?.number ?? 0) > headerWithin)) break;
      }
      if (!hasContent) return;
      if (sheet.hidden) {
        hidden.push(sheet.name);
        unread(sheet.name, 'SHEET_HIDDEN');
      } else if (reading) {
        const counts = reading.counter.counts();
        sheets.push({ name: sheet.name, headerRow: reading.header.row, ...counts });
        if (counts.dataRows === 0) unread(sheet.name, 'SHEET_NO_ROWS', '', reading.header.row);
      } else {
        missing ??= finder.missing();
        unread(sheet.name, 'SHEET_UNREAD', finder.missing().join('、'));
      }
    },
    done(): ReadList<Key> {
      if (sheets.length === 0) {
        if (missing === null && hidden.length > 0)
          throw new DomainError('SHEETS_HIDDEN', { sheets: hidden.join('、') });
        const all = columns.filter(({ optional }) => !optional).map(({ headers }) => headers[0]);
        throw new DomainError(options.codes?.header ?? 'LIST_HEADER', { missing: (missing ?? all).join('、') });
      }
      if (rows.length === 0) throw new DomainError(options.codes?.empty ?? 'LIST_EMPTY');
      return { sheets, rows, problems, warnings, matched: [...matched], unknown: [...unknown] };
    },
  };
}

/** Why a cell's value cannot be known; null when it can. */
function whyUnknown(cell: Cell, value: string, kind: ListCellKind): ListCode | null {
  if (cell.kind === 'error' || isErrorText(value)) return 'CELL_ERROR';
  if (kind !== 'words' && isMasked(value)) return 'MASKED_VALUE';
  if (kind !== 'words' && isDitto(value)) return 'VALUE_PLACEHOLDER';
  if (kind === 'name') return isPlaceholder(value) ? 'VALUE_PLACEHOLDER' : null;
  return isNumberName(kind) && hasLostDigits(value, cell.kind) ? 'ID_SCIENTIFIC' : null;
}

const isNumberName = (kind: ListCellKind) => kind === 'number' || kind === 'numbers';

function readValue(cell: Cell, kind: ListCellKind): string {
  switch (kind) {
    case 'number':
      return normaliseNumber(cell.text);
    case 'name':
      return normaliseName(cell.text);
    case 'day': {
      const value = normaliseText(cell.text);
      return readFullDay(value) ?? value;
    }
    case 'words':
      // A sentence keeps its own signs; only one with nothing to read is empty.
      return normaliseText(cell.text) === '' ? '' : cell.text.trim();
    case 'numbers':
      return normaliseNumbers(cell.text);
    case 'text':
    case 'yuan':
    case 'figure':
      return normaliseText(cell.text);
  }
}

function readRow<Key extends string>(
  sheet: string,
  row: SheetRow,
  columns: readonly ListColumn<Key>[],
  header: ListHeader<Key>,
  problems: ListIssue[],
  warnings: ListIssue[],
): ListRow<Key> {
  const values: Partial<Record<Key, string>> = {};
  const unknown = new Set<Key>();
  for (const { key, kind = 'text' } of columns) {
    const index = header.at.get(key) ?? -1;
    const cell = row.cells[index];
    values[key] = '';
    if (!cell) continue;
    const value = readValue(cell, kind);
    const issue = { sheet, row: row.number, column: header.texts[index] ?? '', value: maskDigits(value) };
    const code = value === '' ? null : whyUnknown(cell, value, kind);
    // 无 where a number may stand says that there is none.
    if (code === null && isNumberName(kind) && cell.kind === 'text' && isPlaceholder(value)) continue;
    if (code !== null) {
      unknown.add(key);
      if (problems.length < MAX_ISSUES) problems.push({ ...issue, code });
      continue;
    }
    if (kind === 'name' && !isReadableName(value) && warnings.length < MAX_ISSUES)
      warnings.push({ ...issue, code: 'NAME_UNREADABLE' });
    values[key] = value;
  }
  return { sheet, row: row.number, values: values as Record<Key, string>, unknown };
}
