import type { Stored } from '@bangfu/domain/shared/digits';

/**
 * How a cell's value is stored; 'date' is a number with a date's style, 'error' a value nobody knows: an error of the
 * spreadsheet, or a formula without a stored value (its text is the formula's).
 */
export type CellKind = Stored;
export const KINDS: readonly CellKind[] = ['text', 'number', 'date', 'boolean', 'error'];

/** A cell that is not empty. Numbers are their shortest decimal text, dates 2019-03-01. Cells may be shared: never change one. */
export interface Cell {
  readonly text: string;
  readonly kind: CellKind;
  /** The value comes from a merge: its first cell's, given to all its rows. */
  readonly merged?: true;
}

/** A row of a sheet. Rows without any cell may be left out: compare the numbers. */
export interface SheetRow {
  /** As the spreadsheet numbers it: 1 is the first. */
  readonly number: number;
  readonly cells: (Cell | undefined)[];
}

export interface Sheet {
  readonly name: string;
  /** Whether the spreadsheet does not show it. */
  readonly hidden: boolean;
  /** The rows from the top, in batches of a few hundred. Can be asked for again; each time reads anew. */
  readonly rows: () => AsyncIterable<SheetRow[]>;
}

export type WorkbookKind = 'xlsx' | 'csv' | 'xls' | 'ods';

export interface Workbook {
  readonly kind: WorkbookKind;
  readonly sheets: readonly Sheet[];
  /** Gives the file and all memory back; the sheets cannot be read afterwards. */
  readonly close: () => Promise<void>;
}

/** How many rows a batch has. */
export const BATCH_ROWS = 500;
