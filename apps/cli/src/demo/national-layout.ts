import { COLUMNS, type ColumnKey } from '@bangfu/domain/identification/roster/columns';

/** The running number and the 26 columns of the national export, in its order. */
export const NATIONAL_KEYS = [
  'sequence',
  'county',
  'township',
  'village',
  'group',
  'householdNumber',
  'personNumber',
  'name',
  'idNumber',
  'memberCount',
  'relation',
  'ethnicity',
  'education',
  'schoolStage',
  'health',
  'labour',
  'workStatus',
  'workMonths',
  'criticalIllnessInsurance',
  'status',
  'category',
  'mainCause',
  'dangerousHouse',
  'safeWater',
  'waterDifficulty',
  'perCapitaIncome',
  'phone',
] as const satisfies readonly ColumnKey[];
export type NationalKey = (typeof NATIONAL_KEYS)[number];

/** Their headers as the export writes them. */
export const NATIONAL_HEADERS: readonly string[] = NATIONAL_KEYS.map((key) => COLUMNS[key].header);

/** A person's row: numbers where the sheet has numbers, texts elsewhere, '' for an empty cell. */
export type RosterRow = Record<NationalKey, string | number>;
