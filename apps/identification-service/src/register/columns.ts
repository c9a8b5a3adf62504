import { HOUSEHOLD_FACT_COLUMNS, PERSON_FACT_COLUMNS } from './fact-columns.ts';

/** Every column of the table `household`, and so of `household_history`: the record's own, then its facts. */
export const HOUSEHOLD_COLUMNS: readonly string[] = [
  'id',
  'county_code',
  'village_id',
  'head_name',
  'member_count',
  'left_empty',
  'version',
  'import_id',
  'brought_by',
  'brought_version',
  'valid_from',
  'changed_at',
  'recorded_at',
  ...HOUSEHOLD_FACT_COLUMNS.map(({ column }) => column),
];

/** Every column of the table `person`, and so of `person_history`. */
export const PERSON_COLUMNS: readonly string[] = [
  'id',
  'household_id',
  'county_code',
  'id_index',
  'id_last_four_index',
  'birth_date',
  'has_certificate',
  'phone_index',
  'left_empty',
  'aside',
  'row_order',
  'import_id',
  'recorded_at',
  ...PERSON_FACT_COLUMNS.map(({ column }) => column),
];

/** Columns as a list of SQL, each of the table or subquery that is named. */
export const listOf = (columns: readonly string[], of: string): string =>
  columns.map((column) => `${of}.${column}`).join(', ');
