type ColumnOf<Row> = keyof Row & string;

/** A column of codes that follows changes of divisions, with the other columns about the same division. */
interface CodeColumn<Table extends string, Column extends string> {
  readonly table: Table;
  /** The code of a division of any level. */
  readonly code: Column;
  /** The household the row is of, by which the code of a village that is split is chosen. */
  readonly household?: Column;
  readonly villageName?: Column;
  readonly townshipName?: Column;
  /** Rows in other states keep the code of then. */
  readonly only?: { readonly column: Column; readonly isAnyOf: readonly string[] };
}

/** A column of lists of codes: each becomes its successors. */
interface CodesColumn<Table extends string, Column extends string> {
  readonly table: Table;
  readonly codes: Column;
}

/** A column that the shared reaction rewrites. */
export type CurrentColumn<Table extends string = string, Column extends string = string> =
  | CodeColumn<Table, Column>
  | CodesColumn<Table, Column>;

type CurrentOf<Tables> = {
  [Table in keyof Tables & string]: CurrentColumn<Table, ColumnOf<Tables[Table]>>;
}[keyof Tables & string];

/** A column with its table. */
type NameOf<Tables> = {
  [Table in keyof Tables & string]: `${Table}.${ColumnOf<Tables[Table]>}`;
}[keyof Tables & string];

/**
 * What becomes of the columns of a service that speak of divisions, when these change. A test of each service finds a
 * column that is in none of the lists.
 */
export interface RegionColumns<Tables> {
  /** They follow each change: rewritten by the shared reaction. */
  readonly current: readonly CurrentOf<Tables>[];
  /** They follow too, by a reaction of the service's own: scopes, copies of the divisions themselves. */
  readonly own: readonly NameOf<Tables>[];
  /** They keep what was written: notices, frames, papers, history. */
  readonly asThen: readonly NameOf<Tables>[];
  /** Their names say so, and they hold no division. */
  readonly unrelated: readonly NameOf<Tables>[];
}

/** The read copy of the register, which is in every database. */
export const HOUSEHOLD_COPY_COLUMNS = {
  table: 'household_copy',
  code: 'village_code',
  household: 'id',
  villageName: 'village_name',
  townshipName: 'township_name',
} as const satisfies CurrentColumn;

/** What every database keeps as it was written: for which divisions a policy was shipped. */
const PLATFORM_AS_THEN = ['policy.region'] as const;

/** The columns of any service. */
export interface DeclaredRegions {
  readonly current: readonly CurrentColumn[];
  readonly own: readonly string[];
  readonly asThen: readonly string[];
  readonly unrelated: readonly string[];
}

/** The names of the columns that are declared, each with its table. */
export function declaredColumns({ current, own, asThen, unrelated }: DeclaredRegions): string[] {
  const followed = [HOUSEHOLD_COPY_COLUMNS, ...current].flatMap((each: CurrentColumn) => {
    const columns =
      'codes' in each
        ? [each.codes]
        : [each.code, each.villageName, each.townshipName].filter((name) => name !== undefined);
    return columns.map((column) => `${each.table}.${column}`);
  });
  return [...followed, ...own, ...asThen, ...unrelated, ...PLATFORM_AS_THEN];
}
