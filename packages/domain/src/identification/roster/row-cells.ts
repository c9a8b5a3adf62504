import { isErrorText } from '../../shared/cell-error.ts';
import { columnLetters } from '../../shared/column-letters.ts';
import { readDay } from '../../shared/day-text.ts';
import { hasLostDigits } from '../../shared/digits.ts';
import { isMasked } from '../../shared/masked.ts';
import { type Fen, parseYuan } from '../../shared/money.ts';
import { normaliseName, normaliseNumber, normaliseText } from '../../shared/normalise.ts';
import { readPhone } from '../../shared/phone.ts';
import { isDitto, isPlaceholder } from '../../shared/placeholder.ts';
import { isReadableName } from '../../shared/readable-name.ts';
import type { BusinessDay } from '../../shared/time.ts';
import { type ColumnKey, COLUMN_KEYS, columnFacts } from './columns.ts';
import { type Dictionary, YES_NO } from './dictionaries.ts';
import type { RosterHeader, SourceCell, SourceRow } from './header.ts';
import { problemAt, type RosterCode, type RosterProblem } from './problem.ts';

const PLAIN_NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?$/;
/** What stands between two telephone numbers in one cell. */
const BETWEEN_PHONES = /[、,;/\s]+/;

/** Reads a number as the sheets write it: sign, thousands commas, decimal point. @returns null for anything else. */
export function readNumber(text: string): number | null {
  return PLAIN_NUMBER.test(text) ? Number(text.replaceAll(',', '')) : null;
}

/** Reads a telephone cell: one number, or several of which each is one. @returns null for anything else. */
function readPhones(text: string): string | null {
  const single = readPhone(text);
  if (single !== null) return single;
  const several = text.split(BETWEEN_PHONES).filter((part) => part !== '');
  const read = several.map(readPhone);
  return several.length > 1 && !read.includes(null) ? read.join('、') : null;
}

/** The cells of a sheet's rows by column, one row at a time; what is wrong with them is reported as they are read. */
export type RowCells = ReturnType<typeof rowCells>;

/** Prepares the reading of one sheet's cells. Call `begin` with each row, then read its columns. */
export function rowCells(sheet: string, header: RosterHeader, report: (problem: RosterProblem) => void) {
  const { at, texts } = header;
  const factKeys = COLUMN_KEYS.filter((key) => key !== 'sequence' && at[key] >= 0);
  const factColumns = Int32Array.from(factKeys, (key) => at[key]);
  const hasHeader = texts.map((text) => text !== '');
  const bareSeen = new Set<number>();
  let cells: readonly (SourceCell | undefined)[] = [];
  let row = 0;
  let household = '';
  let faulty = false;
  /** Columns of this row that are reported already and count as empty. */
  const blocked = new Set<ColumnKey>();
  let unsaid: ColumnKey[] = [];

  function note(key: ColumnKey, code: RosterCode, value: string): null {
    report(problemAt({ sheet, row, column: texts[at[key]] ?? '', household }, code, value));
    return null;
  }
  function problem(key: ColumnKey, code: RosterCode, value: string): null {
    faulty = true;
    return note(key, code, value);
  }
  /** Warns of a value that is not taken: what the register holds stays. */
  function leave(key: ColumnKey, code: RosterCode, value: string): null {
    unsaid.push(key);
    return note(key, code, value);
  }
  function blockMasked(key: ColumnKey, value: string): void {
    blocked.add(key);
    leave(key, 'MASKED_VALUE', value);
    // A record that is there already keeps its name; whether it is there is not known here.
    if (key === 'idNumber') problem(key, 'ID_INVALID', value);
    else if (columnFacts(key).required && key !== 'name') problem(key, 'REQUIRED_EMPTY', '');
  }
  /** Reports the cells that nobody can know or that are covered by stars; they count as empty from here on. */
  function blockUnknown(): void {
    for (let i = 0; i < factColumns.length; i++) {
      const cell = cells[factColumns[i] ?? -1];
      if (!cell) continue;
      const key = factKeys[i] as ColumnKey;
      if (cell.kind === 'error' || isErrorText(cell.text)) {
        blocked.add(key);
        problem(key, 'CELL_ERROR', cell.text);
      } else if (isMasked(cell.text)) blockMasked(key, normaliseText(cell.text));
    }
  }
  function text(key: ColumnKey): string {
    const cell = cells[at[key]];
    return cell && !blocked.has(key) ? normaliseText(cell.text) : '';
  }
  function filled(key: ColumnKey): string {
    const value = text(key);
    if (value === '' && !blocked.has(key)) problem(key, 'REQUIRED_EMPTY', '');
    return value;
  }
  /** A free text; what only points to the row above is as unknown as a word that no synonym explains. */
  function words(key: ColumnKey): string {
    const value = text(key);
    if (!isDitto(value)) return value;
    problem(key, 'VALUE_UNKNOWN', value);
    return '';
  }
  /** A number that is a name: '' when the cell is empty or only filled, reported already, or has lost digits. */
  function numberName(key: ColumnKey): string {
    const cell = cells[at[key]];
    if (!cell || blocked.has(key)) return '';
    const value = normaliseNumber(cell.text);
    if (value === '') return '';
    if (cell.kind === 'text' && key !== 'phone' && isPlaceholder(value)) return fillsOnly(key, value);
    if (!hasLostDigits(value, cell.kind)) return value;
    blocked.add(key);
    problem(key, 'ID_SCIENTIFIC', value);
    return '';
  }
  /** Takes a number for none; what it repeats of the row above nobody knows, and what is on file stays. */
  function fillsOnly(key: ColumnKey, value: string): string {
    blocked.add(key);
    if (columnFacts(key).required) problem(key, 'REQUIRED_EMPTY', value);
    else if (isDitto(value)) problem(key, 'VALUE_UNKNOWN', value);
    else unsaid.push(key);
    return '';
  }
  function word<Code extends string>(key: ColumnKey, dictionary: Dictionary<Code>): Code | null {
    const value = text(key);
    if (value === '') return null;
    return dictionary.read(value) ?? problem(key, 'VALUE_UNKNOWN', value);
  }

  return {
    text,
    filled,
    words,
    numberName,
    word,
    problem,
    /** The row's cell as it is stored; undefined when it is empty or reported already. */
    cell: (key: ColumnKey): SourceCell | undefined => (blocked.has(key) ? undefined : cells[at[key]]),
    isBlocked: (key: ColumnKey): boolean => blocked.has(key),
    isLeft: (key: ColumnKey): boolean => unsaid.includes(key),
    isFaulty: (): boolean => faulty,
    unsaid: (): readonly ColumnKey[] | null => (unsaid.length > 0 ? unsaid : null),
    /** Takes the next row. @returns its household's number; '' when it has none that can be taken */
    begin(source: SourceRow): string {
      cells = source.cells;
      row = source.number;
      faulty = false;
      unsaid = [];
      if (blocked.size > 0) blocked.clear();
      const number = cells[at.householdNumber];
      household = number && isWhole(number) ? normaliseNumber(number.text) : '';
      blockUnknown();
      if (numberName('householdNumber') === '' && !blocked.has('householdNumber')) {
        problem('householdNumber', 'REQUIRED_EMPTY', '');
      }
      return household;
    },
    name(): string | null {
      const value = normaliseName(filled('name'));
      if (value !== '' && isPlaceholder(value)) return problem('name', 'REQUIRED_EMPTY', value);
      if (value !== '' && !isReadableName(value)) leave('name', 'NAME_UNREADABLE', value);
      return value || null;
    },
    phone(): string | null {
      if (numberName('phone') === '') return null;
      const value = text('phone');
      return readPhones(value) ?? leave('phone', 'PHONE_INVALID', value);
    },
    day(key: ColumnKey): BusinessDay | null {
      const value = text(key);
      if (value === '') return null;
      const stored = cells[at[key]]?.kind === 'number' ? 'number' : 'text';
      return readDay(value, stored) ?? leave(key, 'DATE_INVALID', value);
    },
    yesNo(key: ColumnKey): boolean | null {
      const code = word(key, YES_NO);
      return code === null ? null : code === 'yes';
    },
    number(key: ColumnKey): number | null {
      const value = text(key);
      if (value === '') return null;
      return readNumber(value) ?? problem(key, 'NUMBER_INVALID', value);
    },
    yuan(key: ColumnKey): Fen | null {
      const value = text(key);
      if (value === '') return null;
      return parseYuan(value) ?? problem(key, 'NUMBER_INVALID', value);
    },
    /** The texts of the columns nobody knows, by header or, where there is none, by the column's letters. */
    aside(): Record<string, string> | null {
      const values = new Map<string, string>();
      const keep = (name: string, value: string) => {
        if (value !== '') values.set(name, values.has(name) ? `${values.get(name)} | ${value}` : value);
      };
      for (const { index, header: name } of header.unknown) keep(name, normaliseText(cells[index]?.text ?? ''));
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i];
        if (hasHeader[i] === true || !cell || cell.merged) continue;
        const value = normaliseText(cell.text);
        if (value === '') continue;
        const letters = columnLetters(i);
        keep(letters, value);
        if (bareSeen.has(i)) continue;
        bareSeen.add(i);
        report(problemAt({ sheet, row, column: letters, household: null }, 'COLUMN_UNKNOWN', letters));
      }
      return values.size === 0 ? null : Object.fromEntries(values);
    },
  };
}

/** Whether a household number can be taken: neither unknown nor masked, and with its last digits. */
function isWhole({ text, kind }: SourceCell): boolean {
  const value = normaliseNumber(text);
  const isKnown = kind !== 'error' && !isErrorText(value) && !isMasked(value);
  return isKnown && !isPlaceholder(value) && !hasLostDigits(value, kind);
}
