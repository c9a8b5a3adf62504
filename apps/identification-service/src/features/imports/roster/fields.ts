import { ASKED_KEYS, columnFacts, type ColumnKey } from '@bangfu/domain/identification/roster/columns';
import { HOUSEHOLD_FACT_COLUMNS, PERSON_FACT_COLUMNS } from '../../../register/fact-columns.ts';

/** A field of the register with the roster's columns it comes from; a file that has none of them leaves it alone. */
export type Fields = readonly (readonly [column: string, keys: readonly ColumnKey[]])[];

/** What is compared by other columns: whose household and which person it is, and a telephone by its index. */
const BY_ITSELF: readonly string[] = ['number', 'id_sealed', 'phone_sealed'];
const fieldsOf = (columns: typeof HOUSEHOLD_FACT_COLUMNS | typeof PERSON_FACT_COLUMNS): Fields =>
  columns.flatMap(({ column, from }) =>
    from.length > 0 && !BY_ITSELF.includes(column) ? [[column, from] as const] : [],
  );

export const HOUSEHOLD_FIELDS: Fields = fieldsOf(HOUSEHOLD_FACT_COLUMNS);
export const PERSON_FIELDS: Fields = [...fieldsOf(PERSON_FACT_COLUMNS), ['phone_index', ['phone']]];

/** What may be asked for and left empty: its keys, and the staged column that names those of a row. */
export interface LeftEmpty {
  readonly keys: readonly ColumnKey[];
  readonly staged: string;
}
const mayBeEmpty = (columns: typeof HOUSEHOLD_FACT_COLUMNS | typeof PERSON_FACT_COLUMNS) =>
  columns
    .flatMap(({ from }): readonly ColumnKey[] => (from.length === 1 ? from : []))
    .filter((key) => columnFacts(key).later || (ASKED_KEYS as readonly ColumnKey[]).includes(key));
export const HOUSEHOLD_LEFT_EMPTY: LeftEmpty = {
  keys: mayBeEmpty(HOUSEHOLD_FACT_COLUMNS),
  staged: 'household_left_empty',
};
export const PERSON_LEFT_EMPTY: LeftEmpty = { keys: mayBeEmpty(PERSON_FACT_COLUMNS), staged: 'left_empty' };

/** What stood in unknown columns: what the roster brings over what is kept of earlier ones. */
export const ASIDE = 'coalesce(p.aside || r.aside, p.aside, r.aside)';
