import type { Stored } from '../../shared/digits.ts';
import { DomainError } from '../../shared/errors.ts';
import { type ColumnKey, COLUMN_KEYS, columnFacts, COLUMNS, columnOf, REQUIRED_KEYS } from './columns.ts';
import { otherUnitAbove } from '../../shared/money-unit.ts';
import { headerKey, LONGEST_HEADER, normaliseText } from '../../shared/normalise.ts';
import { type ProblemPlace, problemAt, type RosterProblem } from './problem.ts';

/**
 * A cell as a spreadsheet reader gives it: the text, how the value is stored, whether a merge gave it. 'error' is a value
 * that nobody knows: #N/A and its like, or a formula that was never computed.
 */
export interface SourceCell {
  readonly text: string;
  readonly kind: Stored;
  readonly merged?: boolean;
}
export type SourceCells = readonly (SourceCell | undefined)[];

/** A row as a spreadsheet reader gives it; rows the file leaves out are missing from the numbers. */
export interface SourceRow {
  readonly number: number;
  readonly cells: SourceCells;
}

/** A sheet's header and what its columns mean: worked out once, used for every row. */
export interface RosterHeader {
  /** The spreadsheet row of the header (of its first line, when it has two). */
  readonly row: number;
  /** The last line of the header; data stand below it. */
  readonly lastRow: number;
  /** Where each column stands; -1 when the sheet has none. */
  readonly at: Readonly<Record<ColumnKey, number>>;
  /** The header texts by column, without outer blanks. */
  readonly texts: readonly string[];
  readonly matched: readonly string[];
  /** Columns nobody knows, or known ones that stand there a second time. */
  readonly unknown: readonly { readonly index: number; readonly header: string }[];
  /** The comparable texts of the header's lines, to know it when it is repeated. */
  readonly lines: readonly (readonly string[])[];
}

/** How far down a header is looked for, in spreadsheet rows. */
export const HEADER_SEARCH_ROWS = 200;

interface Candidate {
  readonly texts: readonly string[];
  readonly keys: readonly (ColumnKey | null)[];
  readonly score: number;
}

/** The texts as they stand, so that a problem names the column as the spreadsheet does; of a long one its beginning. */
function lineTexts(cells: SourceCells): string[] {
  return Array.from(cells, (cell) => {
    const text = cell?.text.slice(0, LONGEST_HEADER + 1) ?? '';
    return normaliseText(text) === '' ? '' : text.trim();
  });
}

function candidate(texts: readonly string[]): Candidate {
  const keys = texts.map((text) => (text === '' ? null : columnOf(text)));
  return { texts, keys, score: new Set(keys.filter((key) => key !== null)).size };
}

/** Two header lines read as one: the lower text if it means a column, else the upper, else both together. */
function joined(upper: readonly string[], lower: readonly string[]): Candidate {
  const width = Math.max(upper.length, lower.length);
  return candidate(
    Array.from({ length: width }, (_, i) => {
      const [above = '', below = ''] = [upper[i], lower[i]];
      if (below !== '' && columnOf(below)) return below;
      if (above !== '' && columnOf(above)) return above;
      return above !== below && columnOf(above + below) ? above + below : below || above;
    }),
  );
}

function missing(found: Candidate): ColumnKey[] {
  return REQUIRED_KEYS.filter((key) => !found.keys.includes(key));
}

/**
 * Finds the header among title rows: the line, or two adjoining lines, that means the most columns; the upper on a tie.
 * @param rows the first rows of the sheet, at least up to `HEADER_SEARCH_ROWS`.
 * @returns null when no line holds all required columns.
 */
export function findHeader(rows: readonly SourceRow[]): RosterHeader | null {
  const best = bestCandidate(rows);
  return best && missing(best).length === 0 ? layOut(best, rows) : null;
}

/**
 * As `findHeader`, for a file that must be a roster.
 * @throws DomainError NOT_A_ROSTER {missing}: the required columns that the likeliest line lacks.
 */
export function getHeader(rows: readonly SourceRow[]): RosterHeader {
  const header = findHeader(rows);
  if (!header) throw new DomainError('NOT_A_ROSTER', { missing: missingHeaders(rows).join('、') });
  return header;
}

type Placed = Candidate & {
  readonly row: number;
  readonly lastRow: number;
  readonly lines: readonly (readonly string[])[];
};

function bestCandidate(rows: readonly SourceRow[]): Placed | null {
  let best: Placed | null = null;
  let above: { readonly number: number; readonly texts: readonly string[]; readonly score: number } | null = null;
  for (const { number, cells } of rows) {
    if (number > HEADER_SEARCH_ROWS) break;
    const single = candidate(lineTexts(cells));
    const place = { row: number, lastRow: number, lines: [single.texts] };
    if (single.score > (best?.score ?? 0)) best = { ...single, ...place };
    if (above && above.number === number - 1 && single.score > 0) {
      const both = joined(above.texts, single.texts);
      if (both.score > Math.max(above.score, best?.score ?? 0)) {
        best = { ...both, row: above.number, lastRow: number, lines: [above.texts, single.texts] };
      }
    }
    above = { number, texts: single.texts, score: single.score };
  }
  return best;
}

function layOut(found: Placed, rows: readonly SourceRow[]): RosterHeader {
  const above = rows.filter(({ number }) => number < found.lastRow).map(({ cells }) => lineTexts(cells));
  const at = Object.fromEntries(COLUMN_KEYS.map((key) => [key, -1])) as Record<ColumnKey, number>;
  const matched: string[] = [];
  const unknown: { index: number; header: string }[] = [];
  found.keys.forEach((key, index) => {
    const header = found.texts[index] ?? '';
    // Money in another unit than yuan is no column we know: nothing is converted.
    const unit = key !== null && columnFacts(key).kind === 'yuan' ? otherUnitAbove(above, index) : null;
    if (unit !== null) unknown.push({ index, header: `${header}(${unit})` });
    else if (key !== null && at[key] < 0) {
      at[key] = index;
      matched.push(header);
    } else if (header !== '') unknown.push({ index, header });
  });
  const lines = found.lines.map((line) => line.map(headerKey));
  return { row: found.row, lastRow: found.lastRow, at, texts: found.texts, matched, unknown, lines };
}

/** The required columns that the likeliest line of a sheet lacks, by their headers: why it is no roster. */
export function missingHeaders(rows: readonly SourceRow[]): string[] {
  const best = bestCandidate(rows);
  return (best ? missing(best) : REQUIRED_KEYS).map((key) => COLUMNS[key].header);
}

/**
 * The `SHEET_UNREAD` warning of a sheet (its name is the value): it is hidden, it lacks columns (named), or it has a
 * header (in `headerRow`) and nothing under it.
 */
export function unreadProblem(
  sheet: string,
  why: { readonly missing?: readonly string[]; readonly headerRow?: number } = {},
): RosterProblem {
  const place = { sheet, row: why.headerRow ?? 0, column: why.missing?.join('、') ?? '', household: null };
  return problemAt(place, 'SHEET_UNREAD', sheet);
}

/** The `COLUMN_UNKNOWN` warnings of a sheet, on its header. */
export function columnProblems(sheet: string, header: RosterHeader): RosterProblem[] {
  return header.unknown.map(({ header: column }) => {
    const place: ProblemPlace = { sheet, row: header.lastRow, column, household: null };
    return problemAt(place, 'COLUMN_UNKNOWN', column);
  });
}
