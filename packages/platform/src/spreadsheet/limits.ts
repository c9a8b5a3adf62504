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
  readonly sheets: number;
  /** Texts that are kept while the file is read. */
  readonly stringBytes: number;
  /** Characters of one row. */
  readonly rowLength: number;
  /** Rows and characters that are handed over, of all sheets and passes together: few bytes can name a long text often. */
  readonly allRows: number;
  readonly allSigns: number;
  /** Characters of one cell; what spreadsheets themselves allow. */
  readonly cellLength: number;
  /** For the kinds that are read whole (.xls, .et, .xlsb, .ods): size, inflated size and cells. */
  readonly wholeFileBytes: number;
  readonly wholeInflatedBytes: number;
  readonly wholeCells: number;
  /** Of the process that reads: what it may hold, and how long it may show no progress. */
  readonly memoryMb: number;
  readonly stalledMs: number;
}

const MB = 2 ** 20;

export const DEFAULT_LIMITS: WorkbookLimits = {
  fileBytes: 200 * MB,
  rows: 1_100_000,
  columns: 512,
  zipRatio: 200,
  inflatedBytes: 2048 * MB,
  sheets: 500,
  stringBytes: 200 * MB,
  rowLength: 2 ** 20,
  allRows: 4_400_000,
  allSigns: 2 ** 30,
  cellLength: 32_767,
  wholeFileBytes: 64 * MB,
  wholeInflatedBytes: 512 * MB,
  wholeCells: 8_000_000,
  memoryMb: 1536,
  stalledMs: 60_000,
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
