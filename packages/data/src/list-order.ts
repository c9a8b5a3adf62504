/** How PostgreSQL reads a value of a key back from a cursor. */
export type KeyType = 'text' | 'bigint' | 'float8' | 'boolean' | 'date' | 'timestamptz' | 'uuid';

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
export const listOrder = <Query, Key>(
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
