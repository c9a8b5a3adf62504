import type { ReactNode } from 'react';
import type { Problem } from './lib/problem.ts';
import type { SheetNavigation } from './lib/worksheet-address.ts';

export interface SheetColumn<Row, Sort extends string = string> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  readonly width?: number;
  /** Right-aligned tabular figures. */
  readonly numeric?: boolean;
  /** The word by which the list's operation sorts this column; without one it cannot be sorted by it. */
  readonly sort?: Sort;
  /** Stays at the left when the table is scrolled sideways, until the person chooses otherwise. */
  readonly pinned?: boolean;
  /** Not shown until chosen. */
  readonly optional?: boolean;
}

export interface SheetFilter {
  readonly key: string;
  readonly label: string;
  /** Choices; a text filter when absent. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** A day is asked for: what is none is told at the field and filters nothing. */
  readonly day?: boolean;
  readonly width?: number;
}

export type SheetData<Row> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: Problem; readonly retry: () => void }
  | {
      readonly state: 'ready';
      readonly rows: readonly Row[];
      readonly total: number;
      /** The cursor of the next page; null on the last. */
      readonly next: string | null;
      /** Names of the rows that cannot be shown. */
      readonly unshown?: readonly string[];
      /** These rows are still the former page's. */
      readonly refreshing?: boolean;
    };

/** Rows chosen over all pages: by key, or everything the filters give. */
export type SheetSelection = { readonly kind: 'keys'; readonly keys: readonly string[] } | { readonly kind: 'all' };

export interface SheetExport {
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: string | null;
  readonly columns: readonly string[];
  readonly selection: SheetSelection | null;
}

export interface BatchAction {
  readonly key: string;
  /** Verb, object and number: "312 户提交乡镇审核". */
  readonly label: (count: string) => string;
  /** `unselect` drops the selection: what was acted on is another version now. */
  readonly onRun: (selection: SheetSelection, unselect: () => void) => void;
  readonly reason?: (selection: SheetSelection) => string | null;
}

/** What a row opens; nothing where it says all there is. */
export interface RowOpens<Row> {
  /** A page of this front end. */
  readonly to?: ((row: Row) => string) | undefined;
  /** A page of another front end. */
  readonly href?: ((row: Row) => string) | undefined;
  /** Something on this page. */
  readonly onOpen?: ((row: Row) => void) | undefined;
}

export interface WorksheetProps<Row> extends RowOpens<Row> {
  /** Names the list in what is kept on the device. */
  readonly id: string;
  readonly label: string;
  readonly columns: readonly SheetColumn<Row>[];
  readonly filters: readonly SheetFilter[];
  readonly data: SheetData<Row>;
  /** From `useSheetAddress` with the filters' keys. */
  readonly navigation: SheetNavigation;
  readonly rowKey: (row: Row) => string;
  /** How a screen reader calls the row. */
  readonly rowName: (row: Row) => string;
  readonly onExport?: (request: SheetExport) => void;
  readonly batch?: readonly BatchAction[];
  /** Shown when nothing is there and nothing is filtered. */
  readonly empty: ReactNode;
}
