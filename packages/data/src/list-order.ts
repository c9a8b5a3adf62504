/** How PostgreSQL reads a value of a key back from a cursor. */
export type KeyType = 'text' | 'bigint' | 'float8' | 'boolean' | 'date' | 'timestamptz' | 'uuid';

/** One thing rows are ordered by. */
export interface SortKey {
  readonly sql: string;
  readonly type: KeyType;
  /** What stands for it where households are read masked: an order must not say what the mask hides. */
  readonly masked?: string;
  /** It may be unknown; unknown comes last, whichever way the list is sorted. */
  readonly nullable?: true;
  readonly down?: true;
}

/** Chinese by pinyin, as people look for names; every PostgreSQL that is built with ICU has it. */
const pinyin = (sql: string) => `${sql} COLLATE "zh-x-icu"`;

/** A number or code as it is written. */
export const byText = (sql: string): SortKey => ({ sql, type: 'text' });
/** A name or text of people: by pinyin. */
export const byName = (sql: string): SortKey => ({ sql: pinyin(sql), type: 'text' });
/** A villager's name: by pinyin, or by its first sign for who sees no more of it. */
export const byPerson = (sql: string): SortKey => ({ ...byName(sql), masked: pinyin(`left(${sql}, 1)`) });
/** Whole numbers: counts, years, fen. */
export const byNumber = (sql: string): SortKey => ({ sql, type: 'bigint' });
export const byRatio = (sql: string): SortKey => ({ sql, type: 'float8' });
export const byYesNo = (sql: string): SortKey => ({ sql, type: 'boolean' });
export const byDay = (sql: string): SortKey => ({ sql, type: 'date' });
export const byInstant = (sql: string): SortKey => ({ sql, type: 'timestamptz' });
export const byId = (sql: string): SortKey => ({ sql, type: 'uuid' });
/** A word of a list of words: in the order of that list, which is that of the procedure. */
export const byStage = (sql: string, words: readonly string[]): SortKey => ({
  sql: `array_position(ARRAY[${words.map((word) => `'${word}'`).join(', ')}]::text[], ${sql}::text)`,
  type: 'bigint',
});
export const nullable = (key: SortKey): SortKey => ({ ...key, nullable: true });
export const down = (key: SortKey): SortKey => ({ ...key, down: true });

/** The words of a contract's `sort`, without those that go downwards. */
export type WordsOf<Query> = Query extends { readonly sort?: infer Sort }
  ? Exclude<Sort, `-${string}` | undefined> & string
  : never;

/** In which orders a list can be read. */
export interface ListOrder<Key> {
  readonly columns: Readonly<Record<string, Key>>;
  readonly own: readonly Key[];
}

/**
 * The orders of a list.
 * @param columns each word of the contract's `sort` with what it sorts by
 * @param own the list's own order; all of it together is unique, and it decides between rows that are equal in a column
 */
export const listOrder = <Query, Key = SortKey>(
  columns: Readonly<Record<WordsOf<Query>, Key>>,
  own: readonly [Key, ...Key[]],
): ListOrder<Key> => ({ columns, own });

/** The keys of the order that is asked for, the first first. */
export function keysOf<Key extends { readonly down?: true }>(
  { columns, own }: ListOrder<Key>,
  sort: string | undefined,
): readonly Key[] {
  if (sort === undefined) return own;
  const isDown = sort.startsWith('-');
  const key = columns[isDown ? sort.slice(1) : sort];
  // The contract has refused other words.
  if (!key) throw new RangeError(`a list without the order ${sort}`);
  return [isDown ? { ...key, down: true } : key, ...own];
}

/** The keys as they order what this reader sees. */
export const seenBy = (keys: readonly SortKey[], isMasked: boolean): readonly SortKey[] =>
  isMasked ? keys.map((key) => ({ ...key, sql: key.masked ?? key.sql })) : keys;

export const orderBy = (keys: readonly SortKey[]): string =>
  keys.map((key) => `${key.sql}${key.down ? ' DESC' : ''}${key.nullable && key.down ? ' NULLS LAST' : ''}`).join(', ');

/** The values of a row's keys as texts, which a cursor carries and PostgreSQL reads back exactly. */
export const keyTexts = (keys: readonly SortKey[]): string =>
  `ARRAY[${keys.map(({ sql }) => `(${sql})::text`).join(', ')}]`;

/**
 * The condition of the rows after the one with these values.
 * @param add takes a value and gives its place in the statement, $n
 */
export function after(
  keys: readonly SortKey[],
  values: readonly (string | null)[],
  add: (value: string) => string,
): string {
  const parts = keys.map((key, at) => {
    const value = values[at] ?? null;
    return { ...key, place: value === null ? null : `${add(value)}::${key.type}` };
  });
  const [first] = parts;
  const isUniform = parts.every(({ nullable: mayBeNull, down: isDown }) => !mayBeNull && isDown === first?.down);
  if (isUniform) {
    const list = (of: (part: (typeof parts)[number]) => string | null) => parts.map(of).join(', ');
    return `(${list(({ sql }) => sql)}) ${first?.down ? '<' : '>'} (${list(({ place }) => place)})`;
  }
  const beyond = ({ sql, place, down: isDown, nullable: mayBeNull }: (typeof parts)[number]) => {
    if (place === null) return 'false';
    const isBeyond = `${sql} ${isDown ? '<' : '>'} ${place}`;
    return mayBeNull ? `(${isBeyond} OR ${sql} IS NULL)` : isBeyond;
  };
  const same = ({ sql, place }: (typeof parts)[number]) => (place === null ? `${sql} IS NULL` : `${sql} = ${place}`);
  const nested = parts.reduceRight<string>(
    (rest, part) => (rest === '' ? beyond(part) : `(${beyond(part)} OR (${same(part)} AND ${rest}))`),
    '',
  );
  // An index finds where to begin by the first key alone; it cannot by an OR.
  const begins = first?.place && !first.nullable ? `${first.sql} ${first.down ? '<=' : '>='} ${first.place} AND ` : '';
  return `${begins}${nested}`;
}
