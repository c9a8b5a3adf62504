import { createWriteStream, type WriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import exceljs from 'exceljs';
import { writeWhole } from '../files.ts';
import type { DemoHousehold } from './household.ts';
import { NATIONAL_HEADERS, NATIONAL_KEYS, type RosterRow } from './national-layout.ts';

export interface Counts {
  readonly households: number;
  readonly persons: number;
}

const SHEET = '花名册';
/** Households between two pauses, in which the file is written and progress told. */
const CHUNK = 100;
/** Rows of a sheet under its header, by the file format. */
const MOST_ROWS = 1_048_575;

const cells = (row: RosterRow) => NATIONAL_KEYS.map((key) => row[key]);
const csvCell = (value: string | number) =>
  typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
const csvLine = (values: readonly (string | number)[]) => `${values.map(csvCell).join(',')}\r\n`;

/** Hands the households on in chunks, so that neither writer holds more than one. */
function* chunks(households: Iterable<DemoHousehold>): Generator<DemoHousehold[]> {
  let chunk: DemoHousehold[] = [];
  for (const each of households) {
    chunk.push(each);
    if (chunk.length === CHUNK) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

async function writeCsv(path: string, parts: Iterable<DemoHousehold[]>): Promise<void> {
  function* text() {
    yield `\uFEFF${csvLine(NATIONAL_HEADERS)}`;
    for (const part of parts) yield part.flatMap(({ rows }) => rows.map((row) => csvLine(cells(row)))).join('');
  }
  await pipeline(Readable.from(text()), createWriteStream(path));
}

/** What a sheet's rows go into: the library passes no back-pressure on, so it is read off the streams behind. */
interface Pipe {
  readonly _writableState: { readonly needDrain: boolean };
  readonly once: (event: 'drain', done: () => void) => unknown;
}

/** Lets the file be written as far as the rows have come. @throws when it cannot be */
async function keptUp(sheet: exceljs.Worksheet, file: WriteStream): Promise<void> {
  await setImmediate();
  const { pipes } = (sheet as unknown as { readonly stream: { readonly pipes: readonly Pipe[] } }).stream;
  for (const pipe of pipes) {
    if (!pipe._writableState.needDrain || file.destroyed) continue;
    const { promise, resolve } = Promise.withResolvers<void>();
    pipe.once('drain', resolve);
    file.once('close', resolve);
    await promise;
    file.off('close', resolve);
  }
  if (file.errored) throw file.errored;
}

async function writeXlsx(path: string, parts: Iterable<DemoHousehold[]>): Promise<void> {
  const file = createWriteStream(path);
  const written = finished(file);
  // Awaited only at the end; an earlier failure is met by `keptUp`.
  written.catch(() => {});
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: file, useStyles: false, useSharedStrings: false });
  const addSheet = (name: string) => {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.addRow(NATIONAL_HEADERS).commit();
    return sheet;
  };
  let sheet = addSheet(SHEET);
  let sheets = 1;
  let rowsLeft = MOST_ROWS;
  for (const part of parts) {
    const rows = part.flatMap((household) => household.rows);
    if (rows.length > rowsLeft) {
      sheet.commit();
      sheet = addSheet(`${SHEET}${++sheets}`);
      rowsLeft = MOST_ROWS;
    }
    rowsLeft -= rows.length;
    for (const row of rows) sheet.addRow(cells(row).map((value) => (value === '' ? null : value))).commit();
    await keptUp(sheet, file);
  }
  sheet.commit();
  await book.commit();
  await written;
}

/**
 * Writes a roster row by row; memory does not grow with it. What one sheet cannot hold goes on in the next.
 * @param progress told after each chunk how many households are written
 */
export async function writeRoster(
  path: string,
  kind: 'xlsx' | 'csv',
  households: Iterable<DemoHousehold>,
  progress: (households: number) => void = () => {},
): Promise<Counts> {
  let written = 0;
  let persons = 0;
  function* counted() {
    for (const part of chunks(households)) {
      written += part.length;
      for (const { rows } of part) persons += rows.length;
      progress(written);
      yield part;
    }
  }
  await writeWhole(path, (temporary) => (kind === 'csv' ? writeCsv : writeXlsx)(temporary, counted()));
  return { households: written, persons };
}
