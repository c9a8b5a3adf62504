import { DomainError } from '@bangfu/domain/shared/errors';

/** What a workbook may cost; beyond it, it is refused instead of read. */
export interface WorkbookLimits {
  readonly fileBytes: number;
  readonly rows: number;
  readonly columns: number;
  /** The most a zip entry may grow by, and all entries together. */
  readonly zipRatio: number;
  readonly inflatedBytes: number;
  /** Characters of one cell; what spreadsheets themselves allow. */
  readonly cellLength: number;
  /** For the kinds that are read whole (.xls, .et, .ods): size, inflated size, memory and time. */
  readonly wholeFileBytes: number;
  readonly wholeInflatedBytes: number;
  readonly wholeMemoryMb: number;
  readonly wholeMs: number;
}

const MB = 2 ** 20;

export const DEFAULT_LIMITS: WorkbookLimits = {
  fileBytes: 200 * MB,
  rows: 1_100_000,
  columns: 512,
  zipRatio: 200,
  inflatedBytes: 4096 * MB,
  cellLength: 32_767,
  wholeFileBytes: 64 * MB,
  wholeInflatedBytes: 512 * MB,
  wholeMemoryMb: 1536,
  wholeMs: 120_000,
};

/** Why a file cannot be read as a workbook. */
export type WorkbookCode =
  | 'NOT_A_WORKBOOK'
  | 'WORKBOOK_EMPTY'
  | 'WORKBOOK_TOO_LARGE'
  | 'ZIP_BOMB'
  | 'WORKBOOK_ENCRYPTED'
  | 'WORKBOOK_BROKEN';

/** Refuses the file. `detail` says which limit or part. */
export function refuse(code: WorkbookCode, detail = ''): never {
  throw new DomainError(code, { detail });
}

/** Turns whatever a library throws on a damaged file into WORKBOOK_BROKEN; refusals and missing files pass. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ENOENT|EACCES|EPERM|EISDIR|EMFILE|EIO|ABORT_ERR)$/.test(code)) return error;
  return new DomainError('WORKBOOK_BROKEN', { detail: '' });
}
