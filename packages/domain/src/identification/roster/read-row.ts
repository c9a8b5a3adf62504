import { type IdFacts, readIdNumber } from '../../shared/id-number.ts';
import type { Fen } from '../../shared/money.ts';
import { normaliseNumber } from '../../shared/normalise.ts';
import type { RegionCode } from '../../shared/region.ts';
import { ASKED_KEYS, type ColumnKey, COLUMN_KEYS, columnFacts } from './columns.ts';
import {
  CAUSE,
  type Cause,
  EDUCATION,
  type Education,
  ETHNICITY,
  type Health,
  HOUSEHOLD_CATEGORY,
  type HouseholdCategory,
  LABOUR,
  type Labour,
  POVERTY_STATUS,
  type PovertyStatus,
  readHealth,
  RELATION,
  type Relation,
  SCHOOL_STAGE,
  type SchoolStage,
  WORK_STATUS,
  type WorkStatus,
} from './dictionaries.ts';
import type { RosterHeader, SourceRow } from './header.ts';
import type { RosterProblem } from './problem.ts';
import type { RegionIndex } from './regions.ts';
import { type RowCells, rowCells } from './row-cells.ts';

/**
 * A value of a later edition's column; money in fen, dates as days where they could be read. null was asked and left
 * empty; a column the sheet lacks is not there at all (household/record, `Asked`).
 */
export type LaterValue = string | number | boolean | null;

/** One person's row, read. null where the cell is empty, the column missing or the value wrong (then there is a problem). */
export interface RosterRow {
  readonly sheet: string;
  readonly row: number;
  /** '' when the row names none: it belongs to no household and is held back. */
  readonly householdNumber: string;
  readonly personNumber: string | null;
  readonly name: string | null;
  /** Normalised, also when invalid; null when empty or scientific, so it is what `PERSON_TWICE` compares. */
  readonly idNumber: string | null;
  readonly idFacts: IdFacts | null;
  readonly townshipCode: RegionCode | null;
  readonly villageCode: RegionCode | null;
  readonly group: string | null;
  readonly memberCount: number | null;
  readonly relation: Relation | null;
  readonly ethnicity: string | null;
  readonly education: Education | null;
  readonly schoolStage: SchoolStage | null;
  readonly health: readonly Health[] | null;
  readonly labour: Labour | null;
  readonly workStatus: WorkStatus | null;
  readonly workMonths: number | null;
  readonly criticalIllnessInsurance: boolean | null;
  readonly status: PovertyStatus | null;
  readonly category: HouseholdCategory | null;
  readonly mainCause: Cause | null;
  readonly dangerousHouse: boolean | null;
  readonly safeWater: boolean | null;
  readonly waterDifficulty: boolean | null;
  readonly perCapitaIncome: Fen | null;
  readonly phone: string | null;
  /** The later editions' columns that the sheet has, filled or empty, and null for each of `ASKED_KEYS` left empty. */
  readonly later: Readonly<Partial<Record<ColumnKey, LaterValue>>> | null;
  /** The texts of unknown columns that are filled, by header: kept, never dropped. */
  readonly aside: Readonly<Record<string, string>> | null;
  /**
   * The columns whose cell says nothing that may be written (masked, no telephone, an unreadable name): a register's
   * record keeps what it has there. null when there are none. A later column of the kind is missing from `later`.
   */
  readonly unsaid: readonly ColumnKey[] | null;
  /** Whether the row itself has an error, which holds its household back. */
  readonly faulty: boolean;
}

/** Reads the data rows of one sheet; problems go to the sink in the order of the rules. */
export type RowReader = (source: SourceRow) => RosterRow;

/** Scientific writing in an ID number, however loosely. */
const SCIENTIFIC = /^[+-]?\d+(\.\d*)?[eE][+-]?\d+$/;

function health(row: RowCells): readonly Health[] | null {
  const value = row.text('health');
  if (value === '') return null;
  return readHealth(value) ?? row.problem('health', 'VALUE_UNKNOWN', value);
}

function relation(row: RowCells): Relation | null {
  return row.filled('relation') === '' ? null : row.word('relation', RELATION);
}

function idNumber(row: RowCells): string | null {
  if (row.isBlocked('idNumber')) return null;
  const cell = row.cell('idNumber');
  const value = cell ? normaliseNumber(cell.text) : '';
  if (value === '') return row.problem('idNumber', 'REQUIRED_EMPTY', '');
  if (cell?.kind !== 'text' || SCIENTIFIC.test(value)) return row.problem('idNumber', 'ID_SCIENTIFIC', value);
  return value;
}

function idFacts(row: RowCells, id: string | null): IdFacts | null {
  if (id === null) return null;
  return readIdNumber(id) ?? row.problem('idNumber', 'ID_INVALID', id);
}

function township(row: RowCells, regions: RegionIndex): RegionCode | null {
  const county = row.text('county');
  if (county !== '' && !regions.isCounty(county)) row.problem('county', 'REGION_UNKNOWN', county);
  const name = row.filled('township');
  if (name === '') return null;
  return regions.township(name) ?? row.problem('township', 'REGION_UNKNOWN', name);
}

function village(row: RowCells, regions: RegionIndex, under: RegionCode | null): RegionCode | null {
  const name = row.filled('village');
  if (name === '' || under === null) return null;
  return regions.village(under, name) ?? row.problem('village', 'REGION_UNKNOWN', name);
}

function laterValue(row: RowCells, key: ColumnKey): LaterValue {
  const { kind, dictionary } = columnFacts(key);
  switch (kind) {
    case 'yesNo':
      return row.yesNo(key);
    case 'number':
      return row.number(key);
    case 'yuan':
      return row.yuan(key);
    case 'dictionary':
      return dictionary ? row.word(key, dictionary) : null;
    case 'date':
      return row.day(key);
    default:
      return row.words(key) || null;
  }
}

/** Prepares the reading of one sheet: the columns are looked up once, not a million times. */
export function rowReader(
  sheet: string,
  header: RosterHeader,
  regions: RegionIndex,
  report: (problem: RosterProblem) => void,
): RowReader {
  const laterKeys = COLUMN_KEYS.filter((key) => columnFacts(key).later && header.at[key] >= 0);
  const askedKeys = ASKED_KEYS.filter((key) => header.at[key] >= 0);
  const row = rowCells(sheet, header, report);

  function laterValues(): Partial<Record<ColumnKey, LaterValue>> | null {
    let values: Partial<Record<ColumnKey, LaterValue>> | null = laterKeys.length === 0 ? null : {};
    for (const key of laterKeys) {
      const value = laterValue(row, key);
      if (values && !row.isLeft(key)) values[key] = value;
    }
    for (const key of askedKeys) if (!row.isBlocked(key) && row.text(key) === '') (values ??= {})[key] = null;
    return values;
  }

  return (source) => {
    const household = row.begin(source);
    const name = row.name();
    const id = idNumber(row);
    const facts = idFacts(row, id);
    const townshipCode = township(row, regions);
    const read = {
      sheet,
      row: source.number,
      householdNumber: household,
      personNumber: row.numberName('personNumber') || null,
      name,
      idNumber: id,
      idFacts: facts,
      townshipCode,
      villageCode: village(row, regions, townshipCode),
      group: row.words('group') || null,
      memberCount: row.number('memberCount'),
      relation: relation(row),
      ethnicity: row.word('ethnicity', ETHNICITY),
      education: row.word('education', EDUCATION),
      schoolStage: row.word('schoolStage', SCHOOL_STAGE),
      health: health(row),
      labour: row.word('labour', LABOUR),
      workStatus: row.word('workStatus', WORK_STATUS),
      workMonths: row.number('workMonths'),
      criticalIllnessInsurance: row.yesNo('criticalIllnessInsurance'),
      status: row.word('status', POVERTY_STATUS),
      category: row.word('category', HOUSEHOLD_CATEGORY),
      mainCause: row.word('mainCause', CAUSE),
      dangerousHouse: row.yesNo('dangerousHouse'),
      safeWater: row.yesNo('safeWater'),
      waterDifficulty: row.yesNo('waterDifficulty'),
      perCapitaIncome: row.yuan('perCapitaIncome'),
      phone: row.phone(),
      later: laterValues(),
      aside: row.aside(),
    };
    return { ...read, unsaid: row.unsaid(), faulty: row.isFaulty() };
  };
}
