import { COLUMN_KEYS, type ColumnKey, HOUSEHOLD_KEYS } from './columns.ts';
import { type ProblemPlace, problemAt, type RosterProblem } from './problem.ts';
import type { RosterRow } from './read-row.ts';

/** How many heads a household has, judged after synonyms: none and several are errors. */
export function judgeHeads(heads: number): 'HEAD_MISSING' | 'HEAD_MULTIPLE' | null {
  if (heads === 1) return null;
  return heads === 0 ? 'HEAD_MISSING' : 'HEAD_MULTIPLE';
}

/** Whether 人数 differs from all rows of the household; an empty or invalid one is not compared. */
export function countDiffers(stated: number | null, rows: number): boolean {
  return stated !== null && stated !== rows;
}

/** What the whole-household rules need of a row. */
export type MemberRow = Pick<RosterRow, 'sheet' | 'row' | 'householdNumber' | 'relation' | 'memberCount'>;

/** The header texts that problems name, by sheet; '' for a column the sheet lacks. */
export type HouseholdColumns = Readonly<Record<ColumnKey, string>>;
export type ColumnsOf = (sheet: string) => HouseholdColumns;

function place(row: Pick<RosterRow, 'sheet' | 'row' | 'householdNumber'>, column: string): ProblemPlace {
  return { sheet: row.sheet, row: row.row, column, household: row.householdNumber };
}

/**
 * The rules over all rows of one household, in the order of the file: `HEAD_MISSING` on its first row, `HEAD_MULTIPLE`
 * on every head's, `COUNT_MISMATCH` once on the (first) head's row or the first row.
 */
export function readHousehold(rows: readonly MemberRow[], columnsOf: ColumnsOf): RosterProblem[] {
  const heads = rows.filter((row) => row.relation === 'head');
  const first = rows[0];
  if (!first) return [];
  const spokesman = heads[0] ?? first;
  const code = judgeHeads(heads.length);
  const problems = (heads.length === 0 ? [first] : heads).flatMap((row) =>
    code ? [problemAt(place(row, columnsOf(row.sheet).relation), code, code === 'HEAD_MISSING' ? '' : '户主')] : [],
  );
  if (countDiffers(spokesman.memberCount, rows.length)) {
    const where = place(spokesman, columnsOf(spokesman.sheet).memberCount);
    problems.push(problemAt(where, 'COUNT_MISMATCH', String(spokesman.memberCount)));
  }
  return problems;
}

/** What the whole-file rules need of a row. */
export type IdentifiedRow = Pick<RosterRow, 'sheet' | 'row' | 'householdNumber' | 'idNumber'>;

/** `PERSON_TWICE` on every row of the file whose normalised ID number stands in another row too. */
export function findTwice(rows: readonly IdentifiedRow[], columnsOf: ColumnsOf): RosterProblem[] {
  const seen = new Map<string, number>();
  for (const { idNumber } of rows) if (idNumber !== null) seen.set(idNumber, (seen.get(idNumber) ?? 0) + 1);
  return rows.flatMap((row) => {
    if (row.idNumber === null || (seen.get(row.idNumber) ?? 0) < 2) return [];
    return [problemAt(place(row, columnsOf(row.sheet).idNumber), 'PERSON_TWICE', row.idNumber)];
  });
}

/** The header texts of a sheet's columns; '' for a column the sheet lacks. */
export function householdColumns(header: {
  readonly at: Readonly<Record<ColumnKey, number>>;
  readonly texts: readonly string[];
}): HouseholdColumns {
  const texts = COLUMN_KEYS.map((key) => [key, header.texts[header.at[key]] ?? '']);
  return Object.fromEntries(texts) as Record<ColumnKey, string>;
}

/** What a row says of its household, in the words of the sheets; an empty cell says nothing. */
export interface HouseholdFacts extends Pick<RosterRow, 'sheet' | 'row' | 'householdNumber'> {
  readonly said: Readonly<Partial<Record<ColumnKey, string | null>>>;
}

/**
 * `HOUSEHOLD_DISAGREES` for each thing a member's row says otherwise than the head's row; another township or village is
 * `REGION_UNKNOWN`, since the household lives in one place.
 */
export function findDisagreements(row: HouseholdFacts, head: HouseholdFacts, columnsOf: ColumnsOf): RosterProblem[] {
  return HOUSEHOLD_KEYS.flatMap((key) => {
    const said = row.said[key] ?? null;
    if (said === null || said === (head.said[key] ?? null)) return [];
    const code = key === 'township' || key === 'village' ? 'REGION_UNKNOWN' : 'HOUSEHOLD_DISAGREES';
    return [problemAt(place(row, columnsOf(row.sheet)[key]), code, said)];
  });
}

/** A row with its person number and who it is: his ID number or, without one, his name. */
export interface NumberedRow extends Pick<RosterRow, 'sheet' | 'row' | 'householdNumber'> {
  readonly personNumber: string;
  readonly person: string;
}

/** `PERSON_NUMBER_TWICE` on every row whose 人编号 another person has. */
export function findNumberTwice(rows: readonly NumberedRow[], columnsOf: ColumnsOf): RosterProblem[] {
  const persons = new Map<string, Set<string>>();
  for (const { personNumber, person } of rows) {
    persons.set(personNumber, (persons.get(personNumber) ?? new Set()).add(person));
  }
  return rows
    .filter(({ personNumber }) => (persons.get(personNumber)?.size ?? 0) > 1)
    .map((row) => problemAt(place(row, columnsOf(row.sheet).personNumber), 'PERSON_NUMBER_TWICE', row.personNumber));
}

/** Rows by household number, wherever they stand, in the order of the file; rows without a number are left out. */
export function groupHouseholds<Row extends { readonly householdNumber: string }>(
  rows: Iterable<Row>,
): Map<string, Row[]> {
  const households = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.householdNumber === '') continue;
    const known = households.get(row.householdNumber);
    if (known) known.push(row);
    else households.set(row.householdNumber, [row]);
  }
  return households;
}

/** The numbers of the households that an error holds back, every row of theirs. */
export function heldBackHouseholds(problems: Iterable<RosterProblem>): Set<string> {
  const held = new Set<string>();
  for (const { severity, household } of problems) if (severity === 'error' && household) held.add(household);
  return held;
}
