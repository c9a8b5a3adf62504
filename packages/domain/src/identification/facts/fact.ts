import type { FactKind } from './kind.ts';

/** What a fact is a fact of: its record, and for the yearly ones its year. */
export type Subject = 'household' | 'person' | 'village' | 'work' | 'measure';

/** Where a fact is entered and shown together with its like. */
export type Section =
  | 'place'
  | 'identity'
  | 'registration'
  | 'cause'
  | 'monitoring'
  | 'contact'
  | 'education'
  | 'health'
  | 'labour'
  | 'insurance'
  | 'assistance'
  | 'income'
  | 'housing'
  | 'land'
  | 'organisation'
  | 'living'
  | 'village';

/** Why a fact is not shown to everybody who may see the record (roles, “Masked is masked”). */
export type Sensitive = 'name' | 'id-number' | 'phone' | 'account' | 'health';

/** A column, or an item of a form: its header, and other ways to write it. The first is how it is written out. */
export type Writings = readonly [string, ...string[]];

/** Columns of a sheet with a row a person; `at` orders what is written out. */
export interface SheetColumn {
  readonly at: number;
  readonly writings: Writings;
  /** Each row of a household is to say the same, and its head's row counts. */
  readonly sameInHousehold?: boolean;
  /** So many columns of the same words with a number after them. */
  readonly columns?: number;
}

/** Where a fact stands in the layouts that come in and go out (formats). */
export interface Headings {
  /** The national export of 26 columns. */
  readonly national?: SheetColumn;
  /** Its later editions. */
  readonly later?: SheetColumn;
  /** The registration form, by its item and label; the item's number may differ from province to province. */
  readonly form?: { readonly item?: string; readonly writings: Writings };
  /** The village sheet. */
  readonly village?: Writings;
}

/** A fact, declared once; all that reads, keeps, checks, shows or writes it derives from this. */
export interface Fact<Value = unknown> {
  readonly kind: FactKind<Value>;
  readonly zh: string;
  readonly en: string;
  readonly section: Section;
  /** None for what no layout brings yet: entered by form or by a program. */
  readonly headings: Headings;
  /** Must be filled in a roster (`REQUIRED_EMPTY`). */
  readonly required?: true;
  /** Whether a register's rule asks if it was left empty: then asked and empty is kept apart from never asked. */
  readonly asked?: true;
  readonly sensitive?: Sensitive;
  /** Other services may have it. */
  readonly shared?: true;
  /** Of a year, not of the day. */
  readonly yearly?: true;
  /** Changes only by its procedure (domain §4). */
  readonly byProcedure?: true;
  /** Changes by who joins, leaves or becomes the head, never by itself. */
  readonly byMovement?: true;
  /** Known by another fact or another service, and never typed in. */
  readonly derived?: true;
  /** The name of its column in the database, where it differs from the key's. */
  readonly column?: string;
}

/** Facts by their keys. */
export type Facts = Readonly<Record<string, Fact>>;

/** What code has of a fact. */
export type ValueOfFact<F> = F extends Fact<infer Value> ? Value : never;

/** What each column of a fact may be called: one, or several with a number after their words. */
export const columnWritings = ({
  writings,
  columns,
}: Pick<SheetColumn, 'writings' | 'columns'>): readonly (readonly string[])[] =>
  columns === undefined
    ? [writings]
    : Array.from({ length: columns }, (_, index) => writings.map((words) => `${words}${index + 1}`));

/** A column of the national export. */
export const column = (at: number, ...writings: Writings): SheetColumn => ({ at, writings });
/** One in which all rows of a household say the same. */
export const householdColumn = (at: number, ...writings: Writings): SheetColumn => ({
  at,
  writings,
  sameInHousehold: true,
});
/** Several columns of one fact. */
export const householdColumns = (at: number, columns: number, ...writings: Writings) => ({
  at,
  columns,
  writings,
  sameInHousehold: true as const,
});
/** An item of the registration form. */
export const item = (number: string, ...writings: Writings) => ({ item: number, writings });
/** A label of the form that has no number. */
export const label = (...writings: Writings) => ({ writings });
