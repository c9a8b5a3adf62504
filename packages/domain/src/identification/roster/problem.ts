import { maskDigits } from '../../shared/id-number.ts';

/**
 * The codes an import speaks (formats, "The words an import speaks") with their severity. `ID_CHANGED` offers a person of the
 * register under a corrected number; the last two speak of who imports and of what the register already holds.
 */
export const ROSTER_CODES = {
  REQUIRED_EMPTY: 'error',
  ID_SCIENTIFIC: 'error',
  ID_INVALID: 'error',
  REGION_UNKNOWN: 'error',
  HEAD_MISSING: 'error',
  HEAD_MULTIPLE: 'error',
  PERSON_TWICE: 'error',
  PERSON_ELSEWHERE: 'error',
  VALUE_UNKNOWN: 'error',
  NUMBER_INVALID: 'error',
  ID_CHANGED: 'error',
  CELL_ERROR: 'error',
  COUNT_MISMATCH: 'warning',
  HOUSEHOLD_DISAGREES: 'warning',
  PERSON_NUMBER_TWICE: 'warning',
  PHONE_INVALID: 'warning',
  DATE_INVALID: 'warning',
  NAME_UNREADABLE: 'warning',
  MASKED_VALUE: 'warning',
  SHEET_UNREAD: 'warning',
  COLUMN_UNKNOWN: 'warning',
  OUTSIDE_SCOPE: 'error',
  STATUS_PROCEDURAL: 'warning',
  HOUSEHOLD_NEWER: 'error',
} as const;
export type RosterCode = keyof typeof ROSTER_CODES;
export type Severity = 'error' | 'warning';

/** One thing wrong with a roster. Row and column as the spreadsheet names them; the value is masked when sensitive. */
export interface RosterProblem {
  readonly sheet: string;
  readonly row: number;
  /** The header's text. */
  readonly column: string;
  readonly value: string;
  readonly code: RosterCode;
  readonly severity: Severity;
  readonly message?: string;
  /** The household's number; '' for a row without one, null when the problem is of no household. */
  readonly household: string | null;
}

/** Where a problem stands. */
export interface ProblemPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly household: string | null;
}

/** Makes a problem of a code at a place. */
export function problemAt(place: ProblemPlace, code: RosterCode, value: string): RosterProblem {
  return {
    sheet: place.sheet,
    row: place.row,
    column: place.column,
    value: maskDigits(value),
    code,
    severity: ROSTER_CODES[code],
    household: place.household,
  };
}
