import { headerKey } from '../../shared/normalise.ts';
import { columnWritings, type Fact } from '../facts/fact.ts';
import { HOUSEHOLD_FACTS } from '../facts/household-facts.ts';
import type { KindName } from '../facts/kind.ts';
import { PERSON_FACTS } from '../facts/person-facts.ts';
import type { Dictionary } from './dictionaries.ts';

/** How a column's cells are read. `id` is an ID number, `code` a household or person number, `yuan` money. */
export type ColumnKind = 'text' | 'id' | 'code' | 'number' | 'yuan' | 'yesNo' | 'dictionary' | 'region' | 'date';

interface ColumnFacts {
  readonly header: string;
  readonly synonyms: readonly string[];
  readonly kind: ColumnKind;
  readonly dictionary?: Dictionary<string>;
  /** Belongs to a later edition of the export, not to the 26 columns. */
  readonly later?: true;
  /** Its cells must be filled (`REQUIRED_EMPTY`). */
  readonly required?: true;
}

/** How the cells of each kind of fact are read. */
const READ_AS: Readonly<Record<KindName, ColumnKind>> = {
  text: 'text',
  name: 'text',
  number: 'code',
  idNumber: 'id',
  phone: 'text',
  account: 'code',
  region: 'region',
  code: 'dictionary',
  codes: 'dictionary',
  yesNo: 'yesNo',
  day: 'date',
  year: 'number',
  fen: 'yuan',
  count: 'number',
  area: 'number',
  distance: 'number',
};

const ROSTER_FACTS = { ...HOUSEHOLD_FACTS, ...PERSON_FACTS };
type RosterFacts = typeof ROSTER_FACTS;
type Numbered = 1 | 2 | 3 | 4 | 5;
/** The facts that have columns: those with several have each by its number. */
type KeysOf<Key extends keyof RosterFacts> = RosterFacts[Key]['headings'] extends { later: { columns: number } }
  ? `${Key}${Numbered}`
  : RosterFacts[Key]['headings'] extends { national: unknown } | { later: unknown }
    ? Key
    : never;
export type ColumnKey = 'sequence' | { [Key in keyof RosterFacts]: KeysOf<Key> }[keyof RosterFacts];

interface Placed {
  readonly at: number;
  readonly fact: string | null;
  readonly key: ColumnKey;
  readonly column: ColumnFacts;
  readonly sameInHousehold: boolean;
  readonly asked: boolean;
}

/** The columns of a fact as the export numbers them: one, or several with a number after their words. */
function columnsOfFact([name, fact]: [string, Fact]): Placed[] {
  const { national, later } = fact.headings;
  const place = national ?? later;
  if (!place) return [];
  const { at, columns, sameInHousehold = false } = place;
  return columnWritings(place).map(([header = '', ...synonyms], index) => {
    const key = (columns === undefined ? name : `${name}${index + 1}`) as ColumnKey;
    const column: ColumnFacts = {
      header,
      synonyms,
      // The words of a fact with several columns differ between editions: what is not known is kept as it was written.
      kind: columns === undefined ? READ_AS[fact.kind.name] : 'text',
      ...(fact.kind.dictionary && { dictionary: fact.kind.dictionary }),
      ...(!national && { later: true }),
      ...(fact.required && { required: true }),
    };
    return { at: at + index, fact: name, key, column, sameInHousehold, asked: fact.asked ?? false };
  });
}

const SEQUENCE: Placed = {
  at: 0,
  fact: null,
  key: 'sequence',
  column: { header: '序号', synonyms: ['序', '编号', 'No'], kind: 'text' },
  sameInHousehold: false,
  asked: false,
};
const PLACED: readonly Placed[] = [
  SEQUENCE,
  ...Object.entries<Fact>(ROSTER_FACTS)
    .flatMap(columnsOfFact)
    .toSorted((a, b) => a.at - b.at),
];

/**
 * The national export: the running number, the 26 columns, and those that later editions add (formats, first part), in
 * their order, out of the catalogue of facts.
 */
export const COLUMNS = Object.fromEntries(PLACED.map(({ key, column }) => [key, column])) as Readonly<
  Record<ColumnKey, ColumnFacts>
>;
export const COLUMN_KEYS: readonly ColumnKey[] = PLACED.map(({ key }) => key);

/** The columns that bring a fact. */
export const columnsBringing = (fact: string): readonly ColumnKey[] =>
  PLACED.filter((placed) => placed.fact === fact).map(({ key }) => key);

/** What is known of a column. */
export function columnFacts(key: ColumnKey): ColumnFacts {
  return COLUMNS[key];
}

/** Columns of which rules of data quality ask whether they were left empty; a file may lack each of them. */
type AskedKey = {
  [Key in keyof RosterFacts]: RosterFacts[Key] extends { asked: true } ? Key & ColumnKey : never;
}[keyof RosterFacts];
export const ASKED_KEYS = PLACED.filter(({ asked }) => asked).map(({ key }) => key) as readonly AskedKey[];

/** Columns that speak of the household: each of its rows says the same, and the head's row counts. */
export const HOUSEHOLD_KEYS: readonly ColumnKey[] = PLACED.filter(({ sameInHousehold }) => sameInHousehold).map(
  ({ key }) => key,
);

/** The columns without which a sheet is no roster. */
export const REQUIRED_KEYS = COLUMN_KEYS.filter((key) => columnFacts(key).required);

const BY_HEADER = new Map<string, ColumnKey>();
for (const key of COLUMN_KEYS) {
  const { header, synonyms } = columnFacts(key);
  for (const text of [header, ...synonyms]) {
    const known = headerKey(text);
    const other = BY_HEADER.get(known);
    if (other && other !== key) throw new RangeError(`columns ${other} and ${key} are both written ${text}`);
    BY_HEADER.set(known, key);
  }
}

/** The column a header means, whatever its spaces, brackets and widths; null when nobody knows it. */
export function columnOf(header: string): ColumnKey | null {
  return BY_HEADER.get(headerKey(header)) ?? null;
}
