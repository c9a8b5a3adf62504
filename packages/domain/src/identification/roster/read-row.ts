import { type BusinessDay, businessDay } from '../../shared/time.ts';
import { type IdFacts, readIdNumber } from '../../shared/id-number.ts';
import { type Fen, parseYuan } from '../../shared/money.ts';
import type { RegionCode } from '../../shared/region.ts';
import { ASKED_KEYS, type ColumnKey, COLUMN_KEYS, columnFacts } from './columns.ts';
import {
  CAUSE,
  type Cause,
  type Dictionary,
  EDUCATION,
  type Education,
  ETHNICITY,
  type Health,
  HOUSEHOLD_CATEGORY,
  type HouseholdCategory,
  LABOUR,
  type Labour,
  MONITORED_KIND,
  POVERTY_STATUS,
  type PovertyStatus,
  readHealth,
  RELATION,
  type Relation,
  SCHOOL_STAGE,
  type SchoolStage,
  WORK_STATUS,
  type WorkStatus,
  YES_NO,
} from './dictionaries.ts';
import type { RosterHeader, SourceCell, SourceRow } from './header.ts';
import { normaliseNumber, normaliseText } from './normalise.ts';
import { problemAt, type RosterCode, type RosterProblem } from './problem.ts';
import type { RegionIndex } from './regions.ts';

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
  readonly povertyStatus: PovertyStatus | null;
  readonly householdCategory: HouseholdCategory | null;
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
  /** Whether the row itself has an error, which holds its household back. */
  readonly faulty: boolean;
}

/** Reads the data rows of one sheet; problems go to the sink in the order of the rules. */
export type RowReader = (source: SourceRow) => RosterRow;

const SCIENTIFIC = /^[+-]?\d+(\.\d*)?[eE][+-]?\d+$/;
const PLAIN_NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?$/;
const DAY = /^(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?|年(\d{1,2})月(?:(\d{1,2})日)?)$/;

/** Reads a number as the sheets write it: sign, thousands commas, decimal point. @returns null for anything else. */
export function readNumber(text: string): number | null {
  return PLAIN_NUMBER.test(text) ? Number(text.replaceAll(',', '')) : null;
}

/** Reads 2019.3, 2019-03-01, 2019年3月 or 2019年3月1日 as a day (the first of a month without one); null for else. */
export function readDay(text: string): BusinessDay | null {
  const match = DAY.exec(text);
  if (!match) return null;
  const [, year, month, day, otherMonth, otherDay] = match;
  const two = (part: string | undefined) => (part ?? '1').padStart(2, '0');
  try {
    return businessDay(`${year}-${two(month ?? otherMonth)}-${two(day ?? otherDay)}`);
  } catch {
    return null;
  }
}

/** Prepares the reading of one sheet: the columns are looked up once, not a million times. */
export function rowReader(
  sheet: string,
  header: RosterHeader,
  regions: RegionIndex,
  report: (problem: RosterProblem) => void,
): RowReader {
  const { at, texts } = header;
  const laterKeys = COLUMN_KEYS.filter((key) => columnFacts(key).later && at[key] >= 0);
  const askedKeys = ASKED_KEYS.filter((key) => at[key] >= 0);
  let cells: readonly (SourceCell | undefined)[] = [];
  let row = 0;
  let household = '';
  let faulty = false;

  function problem(key: ColumnKey, code: RosterCode, value: string): null {
    faulty = true;
    report(problemAt({ sheet, row, column: texts[at[key]] ?? '', household }, code, value));
    return null;
  }
  function text(key: ColumnKey): string {
    const cell = cells[at[key]];
    return cell ? normaliseText(cell.text) : '';
  }
  function filled(key: ColumnKey): string {
    const value = text(key);
    if (value === '') problem(key, 'REQUIRED_EMPTY', '');
    return value;
  }
  function word<Code extends string>(key: ColumnKey, dictionary: Dictionary<Code>): Code | null {
    const value = text(key);
    if (value === '') return null;
    return dictionary.read(value) ?? problem(key, 'VALUE_UNKNOWN', value);
  }
  function yesNo(key: ColumnKey): boolean | null {
    const code = word(key, YES_NO);
    return code === null ? null : code === 'yes';
  }
  function number(key: ColumnKey): number | null {
    const value = text(key);
    if (value === '') return null;
    return readNumber(value) ?? problem(key, 'NUMBER_INVALID', value);
  }
  function yuan(key: ColumnKey): Fen | null {
    const value = text(key);
    if (value === '') return null;
    return parseYuan(value) ?? problem(key, 'NUMBER_INVALID', value);
  }
  function health(): readonly Health[] | null {
    const value = text('health');
    if (value === '') return null;
    return readHealth(value) ?? problem('health', 'VALUE_UNKNOWN', value);
  }
  function relation(): Relation | null {
    return filled('relation') === '' ? null : word('relation', RELATION);
  }
  function idNumber(): string | null {
    const cell = cells[at.idNumber];
    const value = cell ? normaliseNumber(cell.text) : '';
    if (value === '') return problem('idNumber', 'REQUIRED_EMPTY', '');
    const isText = cell?.kind === 'text';
    if (!isText || SCIENTIFIC.test(value)) return problem('idNumber', 'ID_SCIENTIFIC', value);
    return value;
  }
  function facts(id: string | null): IdFacts | null {
    if (id === null) return null;
    return readIdNumber(id) ?? problem('idNumber', 'ID_INVALID', id);
  }
  function township(): RegionCode | null {
    const county = text('county');
    if (county !== '' && !regions.isCounty(county)) problem('county', 'REGION_UNKNOWN', county);
    const name = filled('township');
    if (name === '') return null;
    return regions.township(name) ?? problem('township', 'REGION_UNKNOWN', name);
  }
  function village(under: RegionCode | null): RegionCode | null {
    const name = filled('village');
    if (name === '' || under === null) return null;
    return regions.village(under, name) ?? problem('village', 'REGION_UNKNOWN', name);
  }
  function laterValue(key: ColumnKey): LaterValue {
    switch (columnFacts(key).kind) {
      case 'yesNo':
        return yesNo(key);
      case 'number':
        return number(key);
      case 'yuan':
        return yuan(key);
      case 'dictionary':
        return word(key, MONITORED_KIND);
      case 'date':
        return readDay(text(key)) ?? (text(key) || null);
      default:
        return text(key) || null;
    }
  }
  function laterValues(): Partial<Record<ColumnKey, LaterValue>> | null {
    let values: Partial<Record<ColumnKey, LaterValue>> | null = laterKeys.length === 0 ? null : {};
    for (const key of laterKeys) if (values) values[key] = laterValue(key);
    for (const key of askedKeys) if (text(key) === '') (values ??= {})[key] = null;
    return values;
  }
  function asideValues(): Record<string, string> | null {
    if (header.unknown.length === 0) return null;
    const values = new Map<string, string>();
    for (const { index, header: name } of header.unknown) {
      const value = normaliseText(cells[index]?.text ?? '');
      if (value !== '') values.set(name, values.has(name) ? `${values.get(name)} | ${value}` : value);
    }
    return Object.fromEntries(values);
  }

  return (source) => {
    cells = source.cells;
    row = source.number;
    faulty = false;
    household = normaliseNumber(cells[at.householdNumber]?.text ?? '');
    if (household === '') problem('householdNumber', 'REQUIRED_EMPTY', '');
    const name = filled('name') || null;
    const id = idNumber();
    const idFacts = facts(id);
    const townshipCode = township();
    const villageCode = village(townshipCode);
    const read = {
      sheet,
      row,
      householdNumber: household,
      personNumber: normaliseNumber(cells[at.personNumber]?.text ?? '') || null,
      name,
      idNumber: id,
      idFacts,
      townshipCode,
      villageCode,
      group: text('group') || null,
      memberCount: number('memberCount'),
      relation: relation(),
      ethnicity: word('ethnicity', ETHNICITY),
      education: word('education', EDUCATION),
      schoolStage: word('schoolStage', SCHOOL_STAGE),
      health: health(),
      labour: word('labour', LABOUR),
      workStatus: word('workStatus', WORK_STATUS),
      workMonths: number('workMonths'),
      criticalIllnessInsurance: yesNo('criticalIllnessInsurance'),
      povertyStatus: word('povertyStatus', POVERTY_STATUS),
      householdCategory: word('householdCategory', HOUSEHOLD_CATEGORY),
      mainCause: word('mainCause', CAUSE),
      dangerousHouse: yesNo('dangerousHouse'),
      safeWater: yesNo('safeWater'),
      waterDifficulty: yesNo('waterDifficulty'),
      perCapitaIncome: yuan('perCapitaIncome'),
      phone: text('phone') || null,
      later: laterValues(),
      aside: asideValues(),
    };
    return { ...read, faulty };
  };
}
