import type { Cell } from './model.ts';

/** A merged range; rows and columns count from 1 and 0, ends included. */
export interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
}

const RANGE = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})$/;

/** The column number of its letters: A = 0. */
export function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Reads A1:C3; null when it is none. */
export function readMerge(range: string): Merge | null {
  const match = RANGE.exec(range);
  if (!match) return null;
  const [, letters = '', top, bottom] = match;
  return { top: Number(top), bottom: Number(bottom), left: columnNumber(letters) };
}

interface Open {
  readonly bottom: number;
  readonly cell: Cell;
}

/**
 * Gives merged values to all rows of their merge, in the merge's first column, as the rows pass by from the top. One
 * merge a column is open at a time, so no set of ranges costs more than the columns there are.
 */
export function mergeFiller(merges: readonly Merge[]): (number: number, cells: (Cell | undefined)[]) => void {
  if (merges.length === 0) return () => undefined;
  const starting = new Map<number, Merge[]>();
  for (const merge of merges) {
    const row = starting.get(merge.top);
    if (row) row.push(merge);
    else starting.set(merge.top, [merge]);
  }
  const open = new Map<number, Open>();
  return (number, cells) => {
    for (const merge of starting.get(number) ?? []) {
      const anchor = cells[merge.left];
      if (anchor) open.set(merge.left, { bottom: merge.bottom, cell: { ...anchor, merged: true } });
    }
    for (const [column, { bottom, cell }] of open) {
      if (number > bottom) open.delete(column);
      else {
        while (cells.length < column) cells.push(undefined);
        cells[column] = cell;
      }
    }
  };
}
