import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fen } from '@bangfu/domain/shared/money';
import type exceljs from 'exceljs';

/** A column of an export. Money is given in fen and shown in yuan; a date is given as 2019-03-01. */
export interface ExportColumn {
  readonly header: string;
  /** In characters. */
  readonly width?: number;
  readonly kind: 'text' | 'number' | 'money' | 'date';
}

export type ExportValue = string | number | Fen | null | undefined;

/** Writes rows one by one to a stream, which it waits for; `end` finishes the file. */
export interface RowWriter {
  readonly write: (values: readonly ExportValue[]) => Promise<void>;
  readonly end: () => Promise<void>;
}

const DEFAULT_WIDTH = 14;
const ROWS_A_TURN = 200;
const TEXT_FORMAT = '@';
const NUMBER_FORMATS: Readonly<Record<ExportColumn['kind'], string>> = {
  text: TEXT_FORMAT,
  number: 'General',
  money: '#,##0.00',
  date: 'yyyy-mm-dd',
};

/** What a stylable cell of a streamed sheet is given. */
export type SheetValue = string | number | boolean | Date | null;

export interface StreamedSheet {
  readonly sheet: exceljs.Worksheet;
  /** Adds a row; resolves when the reader of the stream has kept up. */
  readonly add: (values: readonly SheetValue[], paint?: (row: exceljs.Row) => void) => Promise<void>;
  readonly end: () => Promise<void>;
}

export interface StreamedBook {
  readonly addSheet: (name: string, options?: Partial<exceljs.AddWorksheetOptions>) => StreamedSheet;
  readonly end: () => Promise<void>;
}

/** A sheet name that spreadsheets accept: at most 31 characters, none of []:*?/\. */
export function sheetName(name: string): string {
  return name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31) || 'Sheet1';
}

/** What is left of a stream in the archive library's own, older streams. */
type Pipe = Pick<Writable, 'once' | 'off'> & { readonly _writableState: { readonly needDrain: boolean } };

/** Whoever was reading the file has gone away before its end; no fault of ours, and nobody is left to be told. */
export class ReaderGone extends Error {
  constructor(cause?: unknown) {
    super('the reader of the file is gone', { cause });
    this.name = 'ReaderGone';
  }
}

/** Waits until a stream takes more. @throws ReaderGone, so that nothing waits for ever. */
async function drained(full: boolean, stream: Pick<Writable, 'once' | 'off'>, out: Writable): Promise<void> {
  if (full && !out.destroyed) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = (): void => resolve();
    stream.once('drain', done);
    out.once('close', done);
    await promise;
    stream.off('drain', done);
    out.off('close', done);
  }
  if (out.destroyed) throw new ReaderGone(out.errored);
}

/** Waits for a file's last byte. @throws ReaderGone: what comes after a reader has gone never ends by itself. */
async function ended(out: Writable, last: Promise<unknown>): Promise<void> {
  const gone = finished(out, { readable: false }).catch((error: unknown) => {
    throw out.destroyed ? new ReaderGone(error) : error;
  });
  await Promise.race([last.then(() => gone), gone]);
}

/** What a sheet's rows go into: the library passes no back-pressure on, the streams behind it do. */
function pipesOf(sheet: exceljs.Worksheet): readonly Pipe[] {
  return (sheet as unknown as { readonly stream: { readonly pipes: readonly Pipe[] } }).stream.pipes;
}

/** Starts an .xlsx on a stream; the rows are written as they come and no sheet is held. */
export async function streamedBook(out: Writable): Promise<StreamedBook> {
  // Loaded with the first file: it is a quarter of what a service would load at its start.
  const { default: exceljs } = await import('exceljs');
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  return {
    addSheet(name, options = {}) {
      const sheet = book.addWorksheet(sheetName(name), options);
      let count = 0;
      return {
        sheet,
        async add(values, paint) {
          const row = sheet.addRow([...values]);
          paint?.(row);
          row.commit();
          count++;
          if (count % ROWS_A_TURN !== 0) return;
          await nextTurn();
          for (const pipe of pipesOf(sheet)) await drained(pipe._writableState.needDrain, pipe, out);
        },
        async end() {
          sheet.commit();
        },
      };
    },
    end: () => ended(out, book.commit()),
  };
}

const HEADER_FILL: exceljs.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE6F0FA' } };

/** The look of a header row. */
export function paintHeader(row: exceljs.Row): void {
  row.font = { bold: true };
  row.eachCell((cell) => {
    cell.fill = HEADER_FILL;
    cell.numFmt = TEXT_FORMAT;
  });
}

function sheetValue(kind: ExportColumn['kind'], value: ExportValue): SheetValue {
  if (value === null || value === undefined || value === '') return null;
  if (kind === 'money' && typeof value === 'number') return value / 100;
  if (kind === 'number') return typeof value === 'number' ? value : String(value);
  if (kind === 'date') {
    const time = Date.parse(`${value}T00:00:00Z`);
    return Number.isNaN(time) ? String(value) : new Date(time);
  }
  return String(value);
}

/**
 * Writes an export as .xlsx: bold frozen header, typed cells, ID numbers as text. A text is stored as a text whatever
 * it begins with, so none becomes a formula.
 */
export async function xlsxWriter(
  out: Writable,
  options: { readonly sheetName: string; readonly columns: readonly ExportColumn[] },
): Promise<RowWriter> {
  const { columns } = options;
  const book = await streamedBook(out);
  const target = book.addSheet(options.sheetName, { views: [{ state: 'frozen', ySplit: 1 }] });
  target.sheet.columns = columns.map(({ kind, width }) => ({
    width: width ?? DEFAULT_WIDTH,
    style: { numFmt: NUMBER_FORMATS[kind] },
  }));
  await target.add(
    columns.map(({ header }) => header),
    paintHeader,
  );
  return {
    write: (values) => target.add(columns.map(({ kind }, i) => sheetValue(kind, values[i]))),
    async end() {
      await target.end();
      await book.end();
    },
  };
}

const NUMBER = /^[+-]?\d[\d,]*(\.\d+)?$/;

/** A field that no spreadsheet runs as a formula: a leading = + - @ tab or CR that begins no number gets an apostrophe. */
export function safeField(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function csvField(kind: ExportColumn['kind'], value: ExportValue): string {
  if (value === null || value === undefined) return '';
  const text = kind === 'money' && typeof value === 'number' ? (value / 100).toFixed(2) : safeField(String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes an export as .csv: UTF-8 with its mark, CRLF, quoted where needed (RFC 4180). */
export async function csvWriter(
  out: Writable,
  options: { readonly columns: readonly ExportColumn[] },
): Promise<RowWriter> {
  const { columns } = options;
  async function line(fields: readonly string[]): Promise<void> {
    out.write(`${fields.join(',')}\r\n`);
    await drained(out.writableNeedDrain, out, out);
  }
  out.write('\ufeff');
  await line(columns.map(({ header }) => csvField('text', header)));
  return {
    write: (values) => line(columns.map(({ kind }, i) => csvField(kind, values[i]))),
    async end() {
      out.end();
      await ended(out, Promise.resolve());
    },
  };
}
