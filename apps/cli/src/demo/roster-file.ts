import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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
const CHUNK = 500;

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

async function writeXlsx(path: string, parts: Iterable<DemoHousehold[]>): Promise<void> {
  const file = createWriteStream(path);
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: file, useStyles: false, useSharedStrings: false });
  const sheet = book.addWorksheet(SHEET, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(NATIONAL_HEADERS).commit();
  for (const part of parts) {
    for (const { rows } of part) {
      for (const row of rows) sheet.addRow(cells(row).map((value) => (value === '' ? null : value))).commit();
    }
    // The writer heeds no back-pressure by itself.
    do await setImmediate();
    while (file.writableNeedDrain);
  }
  await book.commit();
}

/**
 * Writes a roster with one sheet, row by row; memory does not grow with it.
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
