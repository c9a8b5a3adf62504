import type { Budget } from './budget.ts';
import { refuse, type WorkbookLimits } from './limits.ts';
import type { Cell } from './model.ts';
import { decodeXml, tagName, type XmlHandler } from './xml.ts';

/** The shared strings of a workbook, held as UTF-8 bytes: millions of them cost about what the file says, not objects. */
export interface SharedStrings {
  /** The cell of a string; undefined when it is empty. @throws DomainError WORKBOOK_BROKEN when there is no such one. */
  readonly cell: (index: number) => Cell | undefined;
  /** Takes the strings from the part's XML. */
  readonly handler: XmlHandler;
}

const BLOCK = 4 * 2 ** 20;
const STARTS = 2 ** 16;
/** What a string takes besides its bytes: its length and its place. */
const STRING_COST = 12;
const RECENT = 2 ** 14;
const SI = tagName('si');
const T = tagName('t');
/** Phonetic hints stand beside the text and are no part of it. */
const HINT = tagName('rPh');

/** Byte strings in blocks. A string never crosses a block; its length stands before it in four bytes. */
function byteStore() {
  const blocks: Buffer[] = [];
  const starts: Float64Array[] = [];
  let block = Buffer.alloc(0);
  let used = 0;
  let count = 0;
  return {
    add(bytes: Buffer, from: number, to: number): void {
      const length = to - from;
      if (used + 4 + length > block.length) {
        block = Buffer.allocUnsafeSlow(Math.max(BLOCK, length + 4));
        blocks.push(block);
        used = 0;
      }
      if (count % STARTS === 0) starts.push(new Float64Array(STARTS));
      const page = starts[starts.length - 1];
      if (page) page[count % STARTS] = (blocks.length - 1) * BLOCK + used;
      block.writeUInt32LE(length, used);
      bytes.copy(block, used + 4, from, to);
      used += 4 + length;
      count++;
    },
    text(index: number): string {
      if (!(index >= 0 && index < count)) refuse('WORKBOOK_BROKEN', 'sharedStrings');
      const start = starts[Math.floor(index / STARTS)]?.[index % STARTS] ?? 0;
      const held = blocks[Math.floor(start / BLOCK)];
      const from = start % BLOCK;
      return held ? held.toString('utf8', from + 4, from + 4 + held.readUInt32LE(from)) : '';
    },
  };
}

/** Starts an empty store; feed its handler with the part, then ask for cells. @throws DomainError WORKBOOK_TOO_LARGE for a cell that is too long. */
export function sharedStrings(limits: WorkbookLimits, budget: Budget): SharedStrings {
  const store = byteStore();
  const recent: (Cell | undefined)[] = Array.from({ length: RECENT });
  const recentIndex = new Int32Array(RECENT).fill(-1);
  let inText = false;
  let hint = false;
  let text = '';
  /** The commonest case, one plain text, is copied as bytes without ever becoming a string. */
  let parts = 0;
  let first: { bytes: Buffer; from: number; to: number } | null = null;

  function keepFirst(): void {
    if (!first) return;
    text = decodeXml(first.bytes, first.from, first.to, false);
    first = null;
  }
  function isPlain(bytes: Buffer, from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (bytes[i] === 0x26 || (bytes[i] === 0x5f && bytes[i + 1] === 0x78)) return false;
    return true;
  }
  function finish(): void {
    if (first && isPlain(first.bytes, first.from, first.to) && first.to - first.from <= limits.cellLength) {
      budget.strings(first.to - first.from + STRING_COST);
      store.add(first.bytes, first.from, first.to);
    } else {
      keepFirst();
      if (text.length > limits.cellLength) refuse('WORKBOOK_TOO_LARGE', 'cell');
      const bytes = Buffer.from(text);
      budget.strings(bytes.length + STRING_COST);
      store.add(bytes, 0, bytes.length);
    }
  }

  return {
    cell(index) {
      const slot = index & (RECENT - 1);
      if (recentIndex[slot] === index) return recent[slot];
      const value = store.text(index);
      const cell: Cell | undefined = value === '' ? undefined : { text: value, kind: 'text' };
      recentIndex[slot] = index;
      recent[slot] = cell;
      return cell;
    },
    handler: {
      open(name) {
        if (name === SI) {
          text = '';
          first = null;
          parts = 0;
        } else if (name === T) inText = !hint;
        else if (name === HINT) hint = true;
      },
      close(name) {
        if (name === T) inText = false;
        else if (name === HINT) hint = false;
        else if (name === SI) finish();
      },
      text(bytes, from, to, raw) {
        if (!inText) return;
        parts++;
        if (parts === 1 && !raw) {
          // Buffers are never written again, so the range stays good until </si>.
          first = { bytes, from, to };
          return;
        }
        keepFirst();
        text += decodeXml(bytes, from, to, raw);
        if (text.length > limits.cellLength) refuse('WORKBOOK_TOO_LARGE', 'cell');
      },
    },
  };
}
