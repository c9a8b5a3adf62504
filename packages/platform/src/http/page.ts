import { keysOf, type ListOrder } from '@bangfu/data/list-order';
import { isStorable } from './input.ts';
import { Refusal } from './refusal.ts';

/** What a list's query says of the page that is asked for. */
export interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly sort?: string | undefined;
}

export interface Page<Row> {
  readonly rows: Row[];
  readonly total: number;
  readonly next: string | null;
}

/** Packs the order and the last row's keys into an opaque cursor. */
export function encodeCursor(sort: string | undefined, keys: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([sort ?? '', ...keys])).toString('base64url');
}

/** Unpacks the keys of a cursor. @throws Refusal 400 when it is none, or was made for another order or number of keys */
export function decodeCursor({ cursor, sort }: PageQuery, length: number): (string | null)[] | null {
  if (!cursor) return null;
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new Refusal(400, 'CURSOR_INVALID');
  }
  const isKey = (value: unknown) => value === null || (typeof value === 'string' && isStorable(value));
  const isCursor = (list: unknown): list is [string, ...(string | null)[]] =>
    Array.isArray(list) && typeof list[0] === 'string' && list.every(isKey);
  if (!isCursor(values)) throw new Refusal(400, 'CURSOR_INVALID');
  const [madeFor, ...keys] = values;
  if (madeFor !== (sort ?? '')) throw new Refusal(400, 'CURSOR_OF_OTHER_ORDER');
  if (keys.length !== length) throw new Refusal(400, 'CURSOR_INVALID');
  return keys;
}

/** One thing rows in memory are ordered by. */
export interface RowKey<Row> {
  readonly of: (row: Row) => string | number | null;
  /** A name: by pinyin. */
  readonly isName?: true;
  readonly down?: true;
}

const PINYIN = new Intl.Collator('zh');

function compare<Row>({ of, isName, down: isDown }: RowKey<Row>, a: Row, b: Row): number {
  const [one, other] = [of(a), of(b)];
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  const order = isName ? PINYIN.compare(String(one), String(other)) : one < other ? -1 : 1;
  return isDown ? -order : order;
}

/** As `pageOfList`, of a list that is computed as a whole. */
export function pageOf<Row>(rows: readonly Row[], order: ListOrder<RowKey<Row>>, query: PageQuery): Page<Row> {
  const keys = keysOf(order, query.sort);
  const { own } = order;
  const sorted = rows.toSorted((a, b) => keys.reduce((found, key) => found || compare(key, a, b), 0));
  // The list's own keys are unique: they say which row the last page ended with.
  const placeOf = (row: Row) => own.map(({ of }) => String(of(row)));
  const begins = decodeCursor(query, own.length);
  const found = begins ? sorted.findIndex((row) => placeOf(row).every((text, at) => text === begins[at])) : -1;
  if (begins && found === -1) throw new Refusal(400, 'CURSOR_INVALID');
  const shown = sorted.slice(found + 1, found + 1 + query.limit);
  const last = sorted.length > found + 1 + query.limit ? shown.at(-1) : undefined;
  return { rows: shown, total: rows.length, next: last ? encodeCursor(query.sort, placeOf(last)) : null };
}
