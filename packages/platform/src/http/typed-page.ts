import type { ListOrder } from '@bangfu/data/list-order';
import { afterSql, keyTextsSql, type OrderKey, orderKeys, orderSql } from '@bangfu/data/typed-order';
import { type SelectQueryBuilder, sql } from 'kysely';
import { decodeCursor, encodeCursor, type Page, type PageQuery } from './page.ts';

type AnyRows = SelectQueryBuilder<{ list: object }, 'list', object>;

/** The statement of one page: one row more than it holds tells that there is a next. @throws Refusal as `pageOfList` */
export function pageQuery<Tables, From extends keyof Tables, Row>(
  list: SelectQueryBuilder<Tables, From, Row>,
  order: ListOrder<OrderKey>,
  query: PageQuery,
  isMasked = false,
) {
  const keys = orderKeys(order, query.sort, isMasked);
  const begins = decodeCursor(query, keys.length);
  const plain = list as unknown as AnyRows;
  return (begins ? plain.where(afterSql(keys, begins)) : plain)
    .select(keyTextsSql(keys).as('pageKeys'))
    .orderBy(orderSql(keys))
    .limit(query.limit + 1);
}

/**
 * One page of a list in the order that is asked for, with the exact total of its condition. The rows of a page follow
 * the former page's whatever was entered or withdrawn meanwhile.
 * @param list what is selected of which rows, without an order
 * @param isMasked whether the reader sees villagers' names masked
 * @param count counts the rows where that is quicker than to count the list as it is selected
 * @throws Refusal 400 for a cursor that is none of this list in this order
 */
export async function pageOfList<Tables, From extends keyof Tables, Row>(
  list: SelectQueryBuilder<Tables, From, Row>,
  order: ListOrder<OrderKey>,
  query: PageQuery,
  isMasked = false,
  count?: { executeTakeFirstOrThrow(): Promise<{ readonly total: number }> },
): Promise<Page<Row>> {
  // What the rows are is known by the caller's type; here they are any rows.
  const plain = list as unknown as AnyRows;
  const rows = await pageQuery(plain, order, query, isMasked).execute();
  const all = count ?? plain.clearSelect().select(sql<number>`count(*)`.as('total'));
  const { total } = await all.executeTakeFirstOrThrow();
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  return {
    rows: rows.slice(0, query.limit).map(({ pageKeys: _, ...row }) => row as unknown as Row),
    total,
    next: last ? encodeCursor(query.sort, last.pageKeys) : null,
  };
}
