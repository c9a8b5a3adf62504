import { DomainError } from '@bangfu/domain/shared/errors';
import type { SheetRow } from './model.ts';

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
  | 'WORKBOOK_MARKUP'
  | 'TEXT_QUOTE_OPEN'
  | 'WORKBOOK_EMPTY'
  | 'WORKBOOK_TOO_LARGE'
  | 'ZIP_BOMB'
  | 'WORKBOOK_ENCRYPTED'
  | 'WORKBOOK_BROKEN';

/** Refuses the file. `detail` says which limit or part, `place` the cell (A12) or row where it was met. */
export function refuse(code: WorkbookCode, detail = '', place = ''): never {
  throw new DomainError(code, { detail, place });
}

/** Gives a sheet's rows; a refusal on the way names the sheet before its place: 名册!A12. */
export async function* inSheet(
  sheet: string,
  rows: AsyncIterable<SheetRow[]>,
): AsyncGenerator<SheetRow[], void, undefined> {
  try {
    yield* rows;
  } catch (error) {
    const place = error instanceof DomainError ? String(error.params['place'] ?? '') : '';
    if (!(error instanceof DomainError) || sheet === '' || place === '' || place.includes('!')) throw error;
    throw new DomainError(error.code, { ...error.params, place: `${sheet}!${place}` });
  }
}

/** Turns whatever a library throws on a damaged file into WORKBOOK_BROKEN; refusals and missing files pass. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ENOENT|EACCES|EPERM|EISDIR|EMFILE|EIO|ABORT_ERR)$/.test(code)) return error;
  return new DomainError('WORKBOOK_BROKEN', { detail: '' });
}
