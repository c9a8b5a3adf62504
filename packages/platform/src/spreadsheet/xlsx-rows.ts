import { columnLetters } from '@bangfu/domain/shared/column-letters';
import { refuse, type WorkbookLimits } from './limits.ts';
import { columnNumber } from './merges.ts';
import type { Cell, CellKind, SheetRow } from './model.ts';
import { decimalText, serialDay } from './number-text.ts';
import { type RangeCache, rangeCache } from './text-cache.ts';
import type { SharedStrings } from './xlsx-strings.ts';
import { decodeXml, tagName, type XmlHandler } from './xml.ts';

/** What reading the cells of a sheet needs of its workbook. */
export interface CellSource {
  readonly strings: SharedStrings;
  /** By style number: 1 when numbers are shown as dates. */
  readonly dateStyles: Uint8Array;
  readonly from1904: boolean;
  readonly limits: WorkbookLimits;
}

const ROW = tagName('row');
const CELL = tagName('c');
const VALUE = tagName('v');
const FORMULA = tagName('f');
const TEXT = tagName('t');
const HINT = tagName('rPh');
const SHEET_DATA = tagName('sheetData');

const R = 0x72;
const S = 0x73;
const T = 0x74;

type Stored = 'number' | 'shared' | 'text' | 'boolean' | 'day' | 'error';

/** As much of a formula as a message shows. */
const SHOWN_FORMULA = 60;

const DAY_TEXT = /^\d{4}-\d\d-\d\d/;

/** The cell type of its t attribute: n (or none), s, str, inlineStr, b, e, d. */
function storedAs(bytes: Buffer, from: number, to: number): Stored {
  const first = bytes[from];
  if (to - from > 1) return 'text';
  if (first === 0x73) return 'shared';
  if (first === 0x62) return 'boolean';
  if (first === 0x64) return 'day';
  return first === 0x65 ? 'error' : 'number';
}

function numberCell(bytes: Buffer, from: number, to: number): Cell | undefined {
  const text = bytes.toString('latin1', from, to).trim();
  if (text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? { text: decimalText(value), kind: 'number' } : { text, kind: 'error' };
}

/** Takes the rows of a sheet's XML and hands each over when it is complete. */
export function rowHandler(source: CellSource, take: (row: SheetRow) => void): XmlHandler {
  const { limits, strings, dateStyles, from1904 } = source;
  const numbers: RangeCache<Cell | undefined> = rangeCache(numberCell);
  const texts: RangeCache<Cell | undefined> = rangeCache((bytes, from, to) => {
    const text = decodeXml(bytes, from, to, false);
    return text === '' ? undefined : { text, kind: 'text' };
  });
  let inData = false;
  let row = 0;
  let cells: (Cell | undefined)[] = [];
  let column = -1;
  let stored: Stored = 'number';
  let style = 0;
  let reading = false;
  let hint = false;
  let cell: Cell | undefined;
  let parts = 0;
  let inFormula = false;
  let formula: { bytes: Buffer; from: number; to: number } | null = null;
  let hasFormula = false;
  let hasValue = false;

  const place = () => `${columnLetters(Math.max(0, column))}${row}`;
  function openRow(bytes: Buffer, from: number, to: number): void {
    let number = row + 1;
    eachLetter(bytes, from, to, (name, start, end) => {
      if (name === R) number = digits(bytes, start, end);
    });
    if (number <= row) refuse('WORKBOOK_BROKEN', 'row');
    if (number > limits.rows) refuse('WORKBOOK_TOO_LARGE', 'rows', `A${number}`);
    row = number;
    cells = [];
    column = -1;
  }
  function cellAttribute(name: number, start: number, end: number, bytes: Buffer): void {
    if (name === R) column = columnOf(bytes, start, end);
    else if (name === T) stored = storedAs(bytes, start, end);
    else if (name === S) style = digits(bytes, start, end);
  }
  function openCell(bytes: Buffer, from: number, to: number): void {
    stored = 'number';
    style = 0;
    cell = undefined;
    parts = 0;
    formula = null;
    hasFormula = false;
    hasValue = false;
    column++;
    eachLetter(bytes, from, to, cellAttribute);
    if (column < 0) refuse('WORKBOOK_BROKEN', 'cell');
  }

  function dated(number: Cell | undefined): Cell | undefined {
    if (!number || number.kind !== 'number' || dateStyles[style] !== 1) return number;
    const day = serialDay(Number(number.text), from1904);
    return day === null ? number : { text: day, kind: 'date' };
  }
  function whole(bytes: Buffer, from: number, to: number): Cell | undefined {
    switch (stored) {
      case 'shared':
        return strings.cell(digits(bytes, from, to));
      case 'number':
        return dated(numbers.get(bytes, from, to));
      case 'boolean':
        return { text: bytes[from] === 0x31 ? 'TRUE' : 'FALSE', kind: 'boolean' };
      case 'day':
        return dayCell(decodeXml(bytes, from, to, false));
      case 'error':
        return { text: decodeXml(bytes, from, to, false), kind: 'error' };
      default:
        return texts.get(bytes, from, to);
    }
  }
  /** A formula whose value the file does not hold. A formula may well have an empty text for its value. */
  function uncomputed(): Cell | undefined {
    if (!hasFormula || (hasValue && stored === 'text')) return undefined;
    const text = formula ? decodeXml(formula.bytes, formula.from, formula.to, false) : '';
    return { text: `=${text.slice(0, SHOWN_FORMULA)}`, kind: 'error' };
  }
  function closeCell(): void {
    cell ??= uncomputed();
    if (!cell) return;
    // Empty cells are formatted to the last column of the sheet; a value there is another thing.
    if (column >= limits.columns) refuse('WORKBOOK_TOO_LARGE', 'columns', place());
    if (cell.text.length > limits.cellLength) refuse('WORKBOOK_TOO_LARGE', 'cell', place());
    while (cells.length < column) cells.push(undefined);
    cells[column] = cell;
    cell = undefined;
  }

  return {
    open(name, bytes, from, to) {
      if (name === CELL) {
        if (inData && row > 0) openCell(bytes, from, to);
      } else if (name === VALUE || name === TEXT) {
        reading = inData && !hint && column >= 0;
        hasValue = true;
      } else if (name === FORMULA) {
        inFormula = true;
        hasFormula = true;
      } else if (name === ROW) {
        if (inData) openRow(bytes, from, to);
      } else if (name === HINT) hint = true;
      else if (name === SHEET_DATA) inData = true;
    },
    close(name) {
      if (name === VALUE || name === TEXT) reading = false;
      else if (name === FORMULA) inFormula = false;
      else if (name === CELL) closeCell();
      else if (name === ROW) {
        if (inData) take({ number: row, cells });
      } else if (name === HINT) hint = false;
      else if (name === SHEET_DATA) inData = false;
    },
    text(bytes, from, to, raw) {
      if (inFormula) formula ??= { bytes, from, to };
      if (!reading) return;
      if (parts++ === 0 && !raw) cell = whole(bytes, from, to);
      else {
        const text = (cell?.text ?? '') + decodeXml(bytes, from, to, raw);
        if (text.length > limits.cellLength) refuse('WORKBOOK_TOO_LARGE', 'cell', place());
        const kind: CellKind = stored === 'number' || stored === 'error' ? stored : 'text';
        if (text !== '') cell = { text, kind };
      }
    },
  };
}

function dayCell(text: string): Cell | undefined {
  if (text === '') return undefined;
  return DAY_TEXT.test(text) ? { text: text.slice(0, 10), kind: 'date' } : { text, kind: 'text' };
}

/** Hands over the attributes whose name is one letter, in one pass: this runs for every cell there is. */
function eachLetter(
  bytes: Buffer,
  from: number,
  to: number,
  take: (name: number, start: number, end: number, bytes: Buffer) => void,
): void {
  let i = from;
  while (i < to) {
    while (i < to && (bytes[i] ?? 0) <= 0x20) i++;
    const name = i;
    while (i < to && bytes[i] !== 0x3d && (bytes[i] ?? 0) > 0x20) i++;
    const letter = i - name === 1 ? (bytes[name] ?? 0) : 0;
    while (i < to && bytes[i] !== 0x22 && bytes[i] !== 0x27) i++;
    const quote = bytes[i++];
    const start = i;
    while (i < to && bytes[i] !== quote) i++;
    if (letter !== 0) take(letter, start, i, bytes);
    i++;
  }
}

/** A number of digits; -1 when there is anything else. */
function digits(bytes: Buffer, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return from === to ? -1 : value;
}

/** The column of a reference like AB12; -1 when it is none. */
function columnOf(bytes: Buffer, from: number, to: number): number {
  let i = from;
  while (i < to && i - from < 4 && (bytes[i] ?? 0) >= 0x41 && (bytes[i] ?? 0) <= 0x5a) i++;
  if (i === from || i - from > 3) return -1;
  if (i - from === 1) return (bytes[from] ?? 0) - 0x41;
  return columnNumber(bytes.toString('latin1', from, i));
}
