import {
  type Expression,
  expressionBuilder,
  type ExpressionBuilder,
  type RawBuilder,
  type ReferenceExpression,
  type SelectQueryBuilder,
  sql,
  type SqlBool,
} from 'kysely';
import { keysOf, type KeyType, type ListOrder, type WordsOf } from './list-order.ts';
import type { ReadSql } from './typed-sql.ts';

/** One thing the rows of a list are ordered by. */
export interface OrderKey {
  readonly of: Expression<unknown>;
  readonly type: KeyType;
  /** What stands for it where households are read masked: an order must not say what the mask hides. */
  readonly masked?: Expression<unknown>;
  /** It may be unknown; unknown comes last, whichever way the list is sorted. */
  readonly nullable?: true;
  readonly down?: true;
}

/** Chinese by pinyin, as people look for names; every PostgreSQL that is built with ICU has it. */
const pinyin = (of: Expression<unknown>) => sql`${of} collate "zh-x-icu"`;

/** Makes keys of what a list is read from; a column that it does not have is no key of it. */
function keysOver<Tables, From extends keyof Tables>() {
  type Column = ReferenceExpression<Tables, From>;
  const eb = expressionBuilder<Tables, From>();
  const expression = (column: Column): Expression<unknown> =>
    typeof column === 'function'
      ? (column as (eb: ExpressionBuilder<Tables, From>) => Expression<unknown>)(eb)
      : typeof column === 'string'
        ? eb.ref(column)
        : (column as Expression<unknown>);
  const typed =
    (type: KeyType) =>
    (column: Column): OrderKey => ({ of: expression(column), type });
  return {
    /** A number or code as it is written. */
    text: typed('text'),
    /** A name or text of people: by pinyin. */
    name: (column: Column): OrderKey => ({ of: pinyin(expression(column)), type: 'text' }),
    /** A villager's name: by pinyin, or by its first sign for who sees no more of it. */
    person: (column: Column): OrderKey => {
      const of = expression(column);
      return { of: pinyin(of), type: 'text', masked: pinyin(sql`left(${of}, 1)`) };
    },
    /** Whole numbers: counts, years, fen. */
    number: typed('bigint'),
    ratio: typed('float8'),
    yesNo: typed('boolean'),
    day: typed('date'),
    instant: typed('timestamptz'),
    id: typed('uuid'),
    /** A word of a list of words: in the order of that list, which is that of the procedure. */
    stage: (column: Column, words: readonly string[]): OrderKey => ({
      of: sql`array_position(${[...words]}::text[], ${expression(column)}::text)`,
      type: 'bigint',
    }),
  };
}

/** The orders of a list, with the words of its contract; a list of more columns takes them over. */
interface OrderOf<Query> extends ListOrder<OrderKey> {
  readonly columns: Readonly<Record<WordsOf<Query>, OrderKey>>;
  readonly own: readonly [OrderKey, ...OrderKey[]];
}

/**
 * The orders of a list.
 * @returns a function of what the list is read `from`, and of a second one that gives each word of the contract's `sort`
 * its key, and the list's own order: all of it together is unique, and decides between rows that are equal in a column
 */
export const orderOf =
  <Query>() =>
  <Handle, Tables, From extends keyof Tables, Row>(
    _from: (read: ReadSql<Handle>) => SelectQueryBuilder<Tables, From, Row>,
    make: (by: ReturnType<typeof keysOver<Tables, From>>) => OrderOf<Query>,
  ): OrderOf<Query> =>
    make(keysOver<Tables, From>());

/** The keys of the order that is asked for as this reader sees the rows. */
export const orderKeys = (
  order: ListOrder<OrderKey>,
  sort: string | undefined,
  isMasked: boolean,
): readonly OrderKey[] => keysOf(order, sort).map((key) => (isMasked && key.masked ? { ...key, of: key.masked } : key));

/** The order as SQL; unknown last. */
export const orderSql = (keys: readonly OrderKey[]): RawBuilder<unknown> =>
  sql.join(
    keys.map(
      ({ of, nullable, down }) =>
        sql`${of}${sql.raw(`${down ? ' desc' : ''}${nullable && down ? ' nulls last' : ''}`)}`,
    ),
  );

/** The values of a row's keys as texts, which a cursor carries and PostgreSQL reads back exactly. */
export const keyTextsSql = (keys: readonly OrderKey[]): RawBuilder<(string | null)[]> =>
  sql`array[${sql.join(keys.map(({ of }) => sql`(${of})::text`))}]`;

/** The condition of the rows after the one with these values. */
export function afterSql(keys: readonly OrderKey[], values: readonly (string | null)[]): RawBuilder<SqlBool> {
  const parts = keys.map((key, at) => {
    const value = values[at] ?? null;
    return { ...key, place: value === null ? null : sql`${value}::${sql.raw(key.type)}` };
  });
  const [first] = parts;
  const isUniform = parts.every(({ nullable, down, place }) => place && !nullable && down === first?.down);
  if (isUniform) {
    const here = sql.join(parts.map(({ of }) => of));
    const there = sql.join(parts.map(({ place }) => place));
    return sql<SqlBool>`(${here}) ${sql.raw(first?.down ? '<' : '>')} (${there})`;
  }
  const beyond = ({ of, place, down, nullable }: (typeof parts)[number]) => {
    if (place === null) return sql`false`;
    const isBeyond = sql`${of} ${sql.raw(down ? '<' : '>')} ${place}`;
    return nullable ? sql`(${isBeyond} or ${of} is null)` : isBeyond;
  };
  const same = ({ of, place }: (typeof parts)[number]) => (place === null ? sql`${of} is null` : sql`${of} = ${place}`);
  const nested = parts.reduceRight<RawBuilder<unknown> | null>(
    (rest, part) => (rest === null ? beyond(part) : sql`(${beyond(part)} or (${same(part)} and ${rest}))`),
    null,
  );
  // An index finds where to begin by the first key alone; it cannot by an OR.
  const begins =
    first?.place && !first.nullable ? sql`${first.of} ${sql.raw(first.down ? '<=' : '>=')} ${first.place} and ` : sql``;
  return sql<SqlBool>`(${begins}${nested ?? sql`true`})`;
}
