import { CompiledQuery } from 'kysely';
import type { QueryResult } from 'pg';

/** A column, or a parameter, as PostgreSQL types it and as the driver gives it. */
export interface Column<Value> {
  /** The type's name, as `regtype` writes it. */
  readonly type: string;
  readonly isNullable: boolean;
  /** Only for the type checker. */
  readonly value?: Value;
}

const column = <Value>(type: string): Column<Value> => ({ type, isNullable: false });

/** A text; of certain words only, where they are given: `text<'open' | 'closed'>()`. */
export const text = <Words extends string = string>(): Column<Words> => column<Words>('text');
export const uuid = column<string>('uuid');
export const bool = column<boolean>('boolean');
export const int = column<number>('integer');
/** Counts and fen: safe integers. */
export const bigint = column<number>('bigint');
/** A decimal number, as its text. */
export const numeric = column<string>('numeric');
/** A business day, YYYY-MM-DD. */
export const day = column<string>('date');
export const instant = column<Date>('timestamp with time zone');
export const bytes = column<Buffer>('bytea');
/** A value of JSON, of the form that its writer gave it. */
export const json = <Value>(): Column<Value> => column<Value>('jsonb');
/** The same, or nothing. */
export const orNull = <Value>(of: Column<Value>): Column<Value | null> => ({ type: of.type, isNullable: true });
/** Any number of them, as an array. */
export const listOf = <Value>(of: Column<Value>): Column<Value[]> => column<Value[]>(`${of.type}[]`);

type ValueOf<C> = C extends Column<infer Value> ? Value : never;
type ValuesOf<Takes extends readonly Column<unknown>[]> = { [at in keyof Takes]: ValueOf<Takes[at]> };
type RowOf<Gives extends Record<string, Column<unknown>>> = { [name in keyof Gives]: ValueOf<Gives[name]> };

interface Connection {
  query(text: string, values: unknown[]): Promise<QueryResult>;
}

/** A statement that is checked against PostgreSQL, with what it takes and gives. */
export interface Statement<Values extends readonly unknown[] = readonly unknown[], Row extends object = object> {
  readonly text: string;
  readonly takes: readonly Column<unknown>[];
  readonly gives: Readonly<Record<string, Column<unknown>>>;
  readonly after: readonly Statement<[], object>[];
  /** @throws Error where a column is empty that is declared never to be */
  rows(on: Connection, ...values: Values): Promise<Row[]>;
  /** The one row there is. @throws Error when there is none, or more */
  row(on: Connection, ...values: Values): Promise<Row>;
  /** Runs it for what it does. @returns how many rows that changed or made */
  run(on: Connection, ...values: Values): Promise<number>;
  /** The same as a query with its values, to be read in batches. */
  compile(...values: Values): CompiledQuery<Row>;
}

/** What a statement is declared with. */
export interface Declared<
  Takes extends readonly Column<unknown>[],
  Gives extends Readonly<Record<string, Column<unknown>>>,
> {
  /** Its parameters, $1 first. */
  readonly takes?: Takes;
  /** Its columns, in their order; none for a statement that only does something. */
  readonly gives?: Gives;
  /** Statements that make its temporary tables; they are run before it is checked. */
  readonly after?: readonly Statement<[], object>[];
}

/**
 * A statement in SQL, for what a builder would only obscure: long common table expressions, temporary tables. It lies in
 * a file `*.sql.ts`; a test prepares each of them on the database of its service and compares parameters and columns
 * with what is declared here, so that neither side is a belief.
 */
export function statement<
  const Takes extends readonly Column<unknown>[] = readonly [],
  Gives extends Readonly<Record<string, Column<unknown>>> = Record<never, never>,
>(sql: string, declared: Declared<Takes, Gives> = {}): Statement<ValuesOf<Takes>, RowOf<Gives>> {
  const gives: Readonly<Record<string, Column<unknown>>> = declared.gives ?? {};
  const never = Object.keys(gives).filter((name) => gives[name]?.isNullable === false);
  const rows = async (on: Connection, ...values: readonly unknown[]): Promise<RowOf<Gives>[]> => {
    const found = (await on.query(sql, [...values])).rows as Record<string, unknown>[];
    for (const row of found) {
      const empty = never.find((name) => row[name] === null);
      if (empty !== undefined) throw new Error(`column ${empty} is declared never to be empty: ${sql.slice(0, 80)}`);
    }
    return found as RowOf<Gives>[];
  };
  return {
    text: sql,
    takes: declared.takes ?? [],
    gives,
    after: declared.after ?? [],
    rows,
    row: async (on, ...values) => {
      const [first, second] = await rows(on, ...values);
      if (!first || second) throw new Error(`one row is expected: ${sql.slice(0, 80)}`);
      return first;
    },
    run: async (on, ...values) => (await on.query(sql, [...values])).rowCount ?? 0,
    compile: (...values) => CompiledQuery.raw(sql, [...values]) as CompiledQuery<RowOf<Gives>>,
  };
}
