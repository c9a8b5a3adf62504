import { call, type Input } from '@bangfu/contracts/core/client';
import type { AnswerOf, Operation, QueryOf } from '@bangfu/contracts/core/operation';
import { defOf, fieldsOf } from '@bangfu/contracts/core/strict';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { SheetColumn, SheetData } from '../worksheet-types.tsx';
import { sheetData, useConnection, useOperation } from './data.ts';
import { type SheetAddress, type SheetNavigation, useSheetAddress } from './worksheet-address.ts';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly next: string | null;
}
type RowOf<O> = AnswerOf<O> extends Page<infer Row> ? Row : never;
type WordOf<O> = QueryOf<O> extends { readonly sort?: infer Sort } ? Exclude<Sort, `-${string}` | undefined> : never;

/** The columns of a list: each may name the word by which the list's operation sorts it. */
export type SheetColumns<O> = SheetColumn<RowOf<O> & object, WordOf<O> & string>[];

/** Reads every row of a list page by page, in the order and under the filters that are seen. */
export type SheetWalk<Row> = (signal: AbortSignal) => AsyncGenerator<readonly Row[]>;

/** How a person writes what a filter takes, by the filter's key; null for what is none. */
type Readers = Readonly<Record<string, (text: string) => string | null>>;
const AS_WRITTEN: Readers = {};

/** The most a page may hold (`PageQuery`). */
const LARGEST_PAGE = 500;

/**
 * The address as far as the list's operation takes it. What is in the address and not in the contract (a word of a
 * former release, a value typed by hand) is left out, and the page shows that it is; filters that are the page's own stay.
 */
function accepted(op: Operation, address: SheetAddress, reads: Readers): SheetAddress {
  const known = op.query ? fieldsOf(defOf(op.query)) : {};
  const filters = Object.entries(address.filters).flatMap(([key, text]) => {
    const value = reads[key] ? reads[key](text) : text;
    return value !== null && (known[key]?.safeParse(value).success ?? true) ? [[key, value] as const] : [];
  });
  const sort = address.sort !== null && known['sort']?.safeParse(address.sort).success ? address.sort : null;
  return { ...address, filters: Object.fromEntries(filters), sort };
}

/** What an operation is asked for under an address, without the page. */
function queryOf(op: Operation, { filters, sort }: SheetAddress): Record<string, unknown> {
  const known = op.query ? fieldsOf(defOf(op.query)) : {};
  const asked = Object.entries(filters).filter(([key]) => key in known);
  return { ...Object.fromEntries(asked), ...(sort === null ? {} : { sort }) };
}

/**
 * Binds a list of the platform to the address bar: its filters, order and page are asked for as the address says.
 * @param filterKeys a constant: its identity is compared
 * @param input what the list is asked for beside its filters; `query` wins over the address
 */
export function useSheet<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType>(
  op: Operation<P, Q, z.ZodType, A>,
  filterKeys: readonly string[],
  input: {
    readonly params?: z.input<P>;
    readonly query?: (filters: Readonly<Record<string, string>>) => Partial<z.input<Q>>;
    readonly enabled?: boolean;
    /** A constant: its identity is compared. */
    readonly reads?: Readers;
  } = {},
): {
  /** What a worksheet takes of it. */
  readonly sheet: {
    readonly data: SheetData<RowOf<Operation<P, Q, z.ZodType, A>>>;
    readonly navigation: SheetNavigation;
  };
  readonly filters: Readonly<Record<string, string>>;
  /** What the list is asked for without its page: an export asks for the same. */
  readonly query: Partial<z.input<Q>>;
  readonly answer: z.output<A> | undefined;
  readonly walk: SheetWalk<RowOf<Operation<P, Q, z.ZodType, A>>>;
} {
  type Row = RowOf<Operation<P, Q, z.ZodType, A>>;
  const connection = useConnection();
  const bound = useSheetAddress(filterKeys);
  const { reads = AS_WRITTEN } = input;
  const address = useMemo(() => accepted(op, bound.address, reads), [op, bound.address, reads]);
  const { size, after, filters } = address;
  const query = { ...queryOf(op, address), ...input.query?.(filters) };
  const page = { limit: size, ...(after === null ? {} : { cursor: after }) };
  const asked = { ...(input.params === undefined ? {} : { params: input.params }), query: { ...query, ...page } };
  const result = useOperation(
    op as Operation<P, Q, z.ZodType, A>,
    asked as Input<z.input<P>, z.input<Q>, unknown>,
    input.enabled === undefined ? {} : { enabled: input.enabled },
  );
  const walk = async function* (signal: AbortSignal): AsyncGenerator<readonly Row[]> {
    let cursor: string | null = null;
    do {
      const next = { ...query, limit: LARGEST_PAGE, ...(cursor === null ? {} : { cursor }) };
      const answer = (await call(connection, op as Operation, {
        params: input.params,
        query: next,
        signal,
      })) as Page<Row>;
      yield answer.rows;
      cursor = answer.next;
    } while (cursor !== null);
  };
  return {
    sheet: {
      data: sheetData(result as unknown as UseQueryResult<Page<Row>>),
      navigation: { ...bound, address },
    },
    filters,
    query: query as Partial<z.input<Q>>,
    answer: result.data as z.output<A> | undefined,
    walk,
  };
}
