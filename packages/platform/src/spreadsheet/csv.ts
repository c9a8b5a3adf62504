import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { columnLetters } from '@bangfu/domain/shared/column-letters';
import { refuse, type WorkbookLimits } from './limits.ts';
import { BATCH_ROWS, type Cell, type SheetRow, type Workbook } from './model.ts';
import { rangeCache } from './text-cache.ts';

export type CsvEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

const COMMA = 0x2c;
const TAB = 0x09;
const SEMICOLON = 0x3b;
const BAR = 0x7c;
const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;

/** The bytes at the end that may be the beginning of a character cut in two. */
const LONGEST_CHARACTER = 4;

/**
 * Separators, digits and line ends are bytes beside a zero byte in UTF-16; which of the two comes first is its order. A
 * Chinese sign in some hundred has one too, on the other side.
 */
function wideOrder(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // Fewer are the marks of a damaged text.
  if (Math.max(even, odd) * 20 < head.length) return null;
  if (odd > even * 4) return 'utf-16le';
  return even > odd * 4 ? 'utf-16be' : null;
}

/**
 * Tells the encoding by validity over the first part of a file. A text that is UTF-8 but for a few damaged bytes is
 * UTF-8 still: in GB18030 read as UTF-8 nearly every character is wrong.
 */
export function detectEncoding(head: Buffer): CsvEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const wide = wideOrder(head);
  if (wide) return wide;
  for (let cut = 0; cut < LONGEST_CHARACTER; cut++) if (isUtf8(head.subarray(0, head.length - cut))) return 'utf-8';
  const wrong = head.toString('utf8').split('\ufffd').length - 1;
  const high = head.reduce((count, byte) => (byte >= 0x80 ? count + 1 : count), 0);
  return wrong * 4 < high ? 'utf-8' : 'gb18030';
}

/** The delimiter that stands most often outside quotes in the first part: comma, tab, semicolon or bar. */
export function detectDelimiter(head: Buffer): number {
  const counts = new Map([COMMA, TAB, SEMICOLON, BAR].map((byte) => [byte, 0]));
  let quoted = false;
  for (const byte of head) {
    if (byte === QUOTE) quoted = !quoted;
    const count = counts.get(byte);
    if (!quoted && count !== undefined) counts.set(byte, count + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** The file's bytes as UTF-8. */
async function* utf8Chunks(path: string, encoding: CsvEncoding): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  if (encoding === 'utf-8') {
    yield* stream;
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of stream) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Excel guards digits as ="0123"; the guard is no part of the value. */
const GUARDED = /^="([^"]*)"$/;

function textCell(text: string): Cell | undefined {
  const plain = text.startsWith('="') ? (GUARDED.exec(text)?.[1] ?? text) : text;
  // A damaged file's zero byte stands for a sign that is lost.
  const value = plain.includes('\0') ? plain.replaceAll('\0', '\ufffd') : plain;
  return value === '' ? undefined : { text: value, kind: 'text' };
}

/** Splits UTF-8 bytes into rows (RFC 4180, any line ending); a quoted field may hold line breaks. */
function rowSplitter(delimiter: number, limits: WorkbookLimits, take: (row: SheetRow) => void) {
  const longestCell = limits.cellLength * LONGEST_CHARACTER;
  const longestRow = limits.columns * limits.cellLength;
  const cache = rangeCache((bytes, from, to) => textCell(bytes.toString('utf8', from, to)));
  let number = 0;

  /** The cells of the widest row so far: what a quote swallows is measured by it. */
  let widest = 0;

  const place = (column: number) => `${columnLetters(column)}${number + 1}`;
  function check(cells: readonly (Cell | undefined)[], cell: Cell | undefined): void {
    if (cell && cells.length >= limits.columns) refuse('WORKBOOK_TOO_LARGE', 'columns', place(cells.length));
    if (cell && cell.text.length > limits.cellLength) refuse('WORKBOOK_TOO_LARGE', 'cell', place(cells.length));
  }

  /** The end of a quoted field that begins at `from`, past its closing quote; -1 when it is not there yet. */
  function quoteEnd(bytes: Buffer, from: number, final: boolean, column: number): number {
    for (let at = bytes.indexOf(QUOTE, from + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 2)) {
      if (at - from > longestCell) refuse('TEXT_QUOTE_OPEN', '', place(column));
      if (at + 1 === bytes.length) return final ? at + 1 : -1;
      if (bytes[at + 1] !== QUOTE) return at + 1;
    }
    if (final || bytes.length - from > longestCell) refuse('TEXT_QUOTE_OPEN', '', place(column));
    return -1;
  }

  /**
   * Refuses a quote that swallowed the rows under it until another one ended it by chance: text goes on behind it, or
   * as many cells as a row has stand within it.
   */
  function refuseSwallowed(bytes: Buffer, from: number, closed: number, to: number, column: number): void {
    if (!bytes.subarray(from, closed).includes(LF)) return;
    let delimiters = 0;
    for (let i = from; i < closed; i++) if (bytes[i] === delimiter) delimiters++;
    if (to > closed || (widest > 2 && delimiters >= widest - 1)) refuse('TEXT_QUOTE_OPEN', '', place(column));
  }

  function quoted(bytes: Buffer, from: number, closed: number, to: number, column: number): Cell | undefined {
    refuseSwallowed(bytes, from, closed, to, column);
    const inside = bytes.toString('utf8', from + 1, Math.max(from + 1, closed - 1)).replaceAll('""', '"');
    return textCell(inside + bytes.toString('utf8', closed, to));
  }

  /** Takes whole rows. @returns how many bytes are used up. */
  return (bytes: Buffer, final: boolean): number => {
    let start = 0;
    while (start < bytes.length) {
      const cells: (Cell | undefined)[] = [];
      let at = start;
      let ended = false;
      while (!ended) {
        const from = at;
        const closed = bytes[at] === QUOTE ? quoteEnd(bytes, at, final, cells.length) : 0;
        if (closed < 0) return start;
        if (closed > 0) at = closed;
        while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== LF && bytes[at] !== CR) at++;
        if (!final && (at === bytes.length || (bytes[at] === CR && at + 1 === bytes.length))) {
          if (at - from > longestCell) refuse('WORKBOOK_TOO_LARGE', 'cell', place(cells.length));
          if (at - start > longestRow) refuse('WORKBOOK_TOO_LARGE', 'row', place(0));
          return start;
        }
        const cell =
          closed > 0
            ? quoted(bytes, from, closed, at, cells.length)
            : from === at
              ? undefined
              : cache.get(bytes, from, at);
        check(cells, cell);
        if (cells.length < limits.columns) cells.push(cell);
        ended = at >= bytes.length || bytes[at] !== delimiter;
        at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1;
      }
      if (number >= limits.rows) refuse('WORKBOOK_TOO_LARGE', 'rows', place(0));
      if (at - start > longestRow) refuse('WORKBOOK_TOO_LARGE', 'row', place(0));
      number++;
      widest = Math.max(widest, cells.length);
      if (cells.some((cell) => cell !== undefined)) take({ number, cells });
      start = Math.min(at, bytes.length);
    }
    return start;
  };
}

async function* csvRows(
  path: string,
  encoding: CsvEncoding,
  delimiter: number,
  limits: WorkbookLimits,
): AsyncGenerator<SheetRow[]> {
  let batch: SheetRow[] = [];
  const split = rowSplitter(delimiter, limits, (row) => batch.push(row));
  let pieces: Buffer[] = [];
  let length = 0;
  let waitFor = 0;
  let first = true;
  for await (const chunk of utf8Chunks(path, encoding)) {
    const hasMark = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    first = false;
    const piece = hasMark ? chunk.subarray(3) : chunk;
    pieces.push(piece);
    length += piece.length;
    // A row still open is put together again only when the bytes have doubled, so a long one costs no square.
    if (length < waitFor) continue;
    const bytes = Buffer.concat(pieces);
    const used = split(bytes, false);
    waitFor = used === 0 ? length * 2 : 0;
    length -= used;
    pieces = [bytes.subarray(used)];
    if (batch.length >= BATCH_ROWS) {
      yield batch;
      batch = [];
    }
  }
  split(Buffer.concat(pieces), true);
  if (batch.length > 0) yield batch;
}

/** Reads a .csv as one sheet of texts. @throws DomainError NOT_A_WORKBOOK when the bytes are no text, WORKBOOK_EMPTY. */
export function openCsv(path: string, head: Buffer, limits: WorkbookLimits): Workbook {
  const encoding = detectEncoding(head);
  const text = encoding === 'utf-8' ? head : Buffer.from(new TextDecoder(encoding).decode(head));
  if (text.includes(0)) refuse('NOT_A_WORKBOOK');
  if (text.toString('utf8').trim() === '') refuse('WORKBOOK_EMPTY');
  const delimiter = detectDelimiter(text);
  return {
    kind: 'csv',
    sheets: [{ name: '', hidden: false, rows: () => csvRows(path, encoding, delimiter, limits) }],
    close: async () => undefined,
  };
}
