import type { WorkbookLimits } from './limits.ts';
import type { WorkbookKind } from './model.ts';
import type { PackedRows } from './pack.ts';

/** How many batches may be on their way before the reader waits for its user. */
export const BATCHES_AHEAD = 3;

/** What a service asks of its reading process; one file at a time. */
export type ReaderRequest =
  | { readonly kind: 'open'; readonly path: string; readonly limits: WorkbookLimits }
  | { readonly kind: 'rows'; readonly stream: number; readonly sheet: number }
  | { readonly kind: 'taken'; readonly stream: number }
  | { readonly kind: 'stop'; readonly stream: number }
  | { readonly kind: 'close' };

/** Why reading failed: a refusal by its code, or an error of the machine by its words. */
export interface ReaderFailure {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Of the system, as ENOENT. */
  readonly system?: string;
  readonly message?: string;
}

export type ReaderAnswer =
  | {
      readonly kind: 'opened';
      readonly workbook: WorkbookKind;
      readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[];
    }
  | { readonly kind: 'rows'; readonly stream: number; readonly rows: PackedRows }
  | { readonly kind: 'end'; readonly stream: number }
  | { readonly kind: 'failed'; readonly stream: number | null; readonly failure: ReaderFailure }
  | { readonly kind: 'closed' }
  /** Something was read since the last answer. */
  | { readonly kind: 'alive' };
