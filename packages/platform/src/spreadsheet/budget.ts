import { refuse, type WorkbookLimits } from './limits.ts';

/** Reading a part again begins with its first byte: for merges, for the first rows, for all rows, and once more. */
const MAX_PASSES = 8;

/**
 * What the reading of one file has used up. Every reader charges it as it goes, so what counts is what really came out,
 * never what the file says of itself.
 */
export interface Budget {
  /** Begins to read a part of the file. @throws DomainError ZIP_BOMB when it has been read too often */
  openPart(name: string): PartBudget;
  /** Bytes of texts that are kept for the time of the reading. @throws DomainError WORKBOOK_TOO_LARGE strings */
  strings(bytes: number): void;
  /** @throws DomainError WORKBOOK_TOO_LARGE sheets */
  sheets(count: number): void;
  /** A row that is handed over, with the signs in it. @throws DomainError WORKBOOK_TOO_LARGE rows, row, text */
  row(number: number, signs: number): void;
}

export interface PartBudget {
  /** @throws DomainError ZIP_BOMB when all parts have become too much, or this one grows beyond its ratio */
  inflated(bytes: number, packedBytes: number): void;
}

/** Below this a ratio means nothing: small parts may well be all alike. */
const RATIO_FROM = 2 ** 20;

/** @param onProgress called whenever something was read; cheap calls, many of them */
export function openBudget(limits: WorkbookLimits, onProgress: () => void = () => undefined): Budget {
  const parts = new Map<string, { passes: number; most: number }>();
  let inflated = 0;
  let strings = 0;
  let signs = 0;
  let rows = 0;
  return {
    openPart(name) {
      const part = parts.get(name) ?? { passes: 0, most: 0 };
      parts.set(name, part);
      part.passes += 1;
      if (part.passes > MAX_PASSES) refuse('ZIP_BOMB', 'repeated');
      let read = 0;
      return {
        inflated(bytes, packedBytes) {
          onProgress();
          read += bytes;
          if (read > RATIO_FROM && read > packedBytes * limits.zipRatio) refuse('ZIP_BOMB', 'ratio');
          // A later pass is charged only where it comes further than the ones before.
          inflated += Math.max(0, read - part.most);
          part.most = Math.max(part.most, read);
          if (inflated > limits.inflatedBytes) refuse('ZIP_BOMB', 'total');
        },
      };
    },
    strings(bytes) {
      strings += bytes;
      if (strings > limits.stringBytes) refuse('WORKBOOK_TOO_LARGE', 'strings');
    },
    sheets(count) {
      if (count > limits.sheets) refuse('WORKBOOK_TOO_LARGE', 'sheets');
    },
    row(number, length) {
      onProgress();
      rows += 1;
      signs += length;
      if (length > limits.rowLength) refuse('WORKBOOK_TOO_LARGE', 'row', `A${number}`);
      if (rows > limits.allRows) refuse('WORKBOOK_TOO_LARGE', 'rows', `A${number}`);
      if (signs > limits.allSigns) refuse('WORKBOOK_TOO_LARGE', 'text', `A${number}`);
    },
  };
}
