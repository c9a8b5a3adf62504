import { readFile } from 'node:fs/promises';
import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { columnLetters } from '@bangfu/domain/shared/column-letters';
import type { Budget } from './budget.ts';
import { inSheet, refuse, type WorkbookLimits } from './limits.ts';
import { mergeFiller } from './merges.ts';
import { BATCH_ROWS, type Cell, type Sheet, type SheetRow, type Workbook, type WorkbookKind } from './model.ts';
import { decimalText, isDateFormat, serialDay } from './number-text.ts';
import type { OdsUnseen } from './ods-unseen.ts';

/** What the library reads: a file that is no zip, or the checked parts of one that is. */
export type WholeSource = { readonly path: string } | { readonly parts: ReadonlyMap<string, Buffer> };

/** The library's reader of a zip's parts, which its types leave out. */
interface ZipParser {
  readonly parse_zip: (container: unknown, options: object) => WorkBook;
  readonly CFB: {
    readonly utils: {
      cfb_new(): unknown;
      cfb_add(container: unknown, name: string, bytes: Buffer, options: object): void;
    };
  };
}

async function parseSource(source: WholeSource, options: object): Promise<WorkBook> {
  // Loaded only where a file of these kinds is: most are not.
  const library = await import('@e965/xlsx');
  if ('path' in source) return library.read(await readFile(source.path), options);
  const { parse_zip, CFB } = library as unknown as ZipParser;
  const container = CFB.utils.cfb_new();
  for (const [name, bytes] of source.parts) CFB.utils.cfb_add(container, name, bytes, { unsafe: true });
  return parse_zip(container, { ...options, type: 'buffer' });
}

/** Turns what the library throws on a damaged file into a refusal. */
function refuseUnread(error: unknown): never {
  const message = error instanceof Error ? error.message : '';
  const isEncrypted = /^(File is password-protected|Encryption scheme|Unsupported ODS Encryption)/.test(message);
  return refuse(isEncrypted ? 'WORKBOOK_ENCRYPTED' : 'WORKBOOK_BROKEN');
}

const placeOf = (row: number, column: number) => `${columnLetters(column)}${row + 1}`;

function readCell(
  cell: CellObject | undefined,
  from1904: boolean,
  cellLength: number,
  place: () => string,
): Cell | undefined {
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
  if (text.length > cellLength) refuse('WORKBOOK_TOO_LARGE', 'cell', place());
  return text === '' ? undefined : { text, kind: 'text' };
}

/** The cells of a sheet with the unknown ones in their places. @throws DomainError WORKBOOK_TOO_LARGE rows, columns */
function cellsOf(name: string, sheet: WorkSheet, limits: WorkbookLimits, unknown: OdsUnseen['unknown']) {
  const data = (sheet['!data'] ?? []) as (CellObject | undefined)[][];
  for (const { table, row, column, text } of unknown) {
    if (table === name && row < limits.rows && column < limits.columns)
      (data[row] ??= [])[column] = { t: 'e', v: 0x2a, w: text };
  }
  if (data.length > limits.rows) refuse('WORKBOOK_TOO_LARGE', 'rows', `${name}!A${limits.rows + 1}`);
  const wide = data.findIndex((cells) => cells && cells.length > limits.columns);
  if (wide >= 0) refuse('WORKBOOK_TOO_LARGE', 'columns', `${name}!${placeOf(wide, limits.columns)}`);
  return data;
}

/**
 * Reads .xls, .et, .xlsb and .ods whole, by a library that does not look at any limit: only within a process of its own.
 * @param unseen what is known of an .ods that the library does not tell
 */
export async function openWhole(
  source: WholeSource,
  kind: WorkbookKind,
  limits: WorkbookLimits,
  budget: Budget,
  unseen: OdsUnseen = { hidden: new Set(), unknown: [] },
): Promise<Workbook> {
  const options = { dense: true, cellNF: true, cellFormula: kind === 'ods', cellHTML: false };
  const book = await parseSource(source, options).catch(refuseUnread);
  budget.sheets(book.SheetNames.length);
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets = book.SheetNames.map((name, index) => {
    const sheet = book.Sheets[name] ?? {};
    const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r + 1, bottom: e.r + 1, left: s.c }));
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0 || unseen.hidden.has(name);
    return { name, hidden, data: cellsOf(name, sheet, limits, unseen.unknown), merges };
  });
  if (sheets.every(({ data }) => data.length === 0)) refuse('WORKBOOK_EMPTY');

  async function* rows({ data, merges }: (typeof sheets)[number]): AsyncGenerator<SheetRow[]> {
    const fill = mergeFiller(merges);
    for (let from = 0; from < data.length; from += BATCH_ROWS) {
      const batch: SheetRow[] = [];
      for (let row = from; row < Math.min(data.length, from + BATCH_ROWS); row++) {
        const cells = Array.from(data[row] ?? [], (cell, column) =>
          readCell(cell, from1904, limits.cellLength, () => placeOf(row, column)),
        );
        fill(row + 1, cells);
        if (cells.some((cell) => cell !== undefined)) batch.push({ number: row + 1, cells });
      }
      if (batch.length > 0) yield batch;
    }
  }

  return {
    kind,
    sheets: sheets.map(
      (sheet): Sheet => ({
        name: sheet.name,
        hidden: sheet.hidden,
        rows: () => inSheet(sheet.name, rows(sheet)),
      }),
    ),
    close: async () => undefined,
  };
}
