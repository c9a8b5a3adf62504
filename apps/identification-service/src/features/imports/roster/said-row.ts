import { columnFacts, type ColumnKey, HOUSEHOLD_KEYS } from '@bangfu/domain/identification/roster/columns';
import { CAUSE, MONITORED_KIND, YES_NO } from '@bangfu/domain/identification/roster/dictionaries';
import type { HouseholdFacts } from '@bangfu/domain/identification/roster/read-household';
import { type Fen, formatYuan } from '@bangfu/domain/shared/money';
import { rosterWord } from './stage-row.ts';

/** What a staged row says of its household, as `saidRow` gives it. */
export interface SaidRow {
  readonly sheet: string;
  readonly row: number;
  readonly number: string;
  readonly township: string | null;
  readonly village: string | null;
  readonly status: string;
  readonly mainCause: string | null;
  readonly dangerousHouse: boolean | null;
  readonly safeWater: boolean | null;
  readonly waterDifficulty: boolean | null;
  readonly perCapitaIncome: number | null;
  readonly details: Readonly<Partial<Record<ColumnKey, string | number | boolean | null>>>;
}

/** A staged row `alias` with its village `<alias>v` and township `<alias>t`, as one JSON value. */
export const saidRow = (alias: string) => `jsonb_build_object('sheet', ${alias}.sheet, 'row', ${alias}.row,
  'number', ${alias}.number, 'township', ${alias}t.name, 'village', ${alias}v.name,
  'status', ${alias}.status,
  'mainCause', ${alias}.main_cause, 'dangerousHouse', ${alias}.dangerous_house, 'safeWater', ${alias}.safe_water,
  'waterDifficulty', ${alias}.water_difficulty, 'perCapitaIncome', ${alias}.per_capita_income_fen,
  'details', ${alias}.details)`;

/** A value of the household in the words of the sheets. */
function word(key: ColumnKey, value: string | number | boolean | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return YES_NO.label(value ? 'yes' : 'no');
  if (typeof value === 'number') return columnFacts(key).kind === 'yuan' ? formatYuan(value as Fen) : String(value);
  if (key === 'status') return rosterWord(value) || null;
  if (key === 'mainCause') return CAUSE.labelOf(value);
  if (key === 'monitoredKind') return MONITORED_KIND.labelOf(value);
  return value;
}

/** What a row says of its household, in the words of the sheets. */
export function toFacts({ details, ...row }: SaidRow): HouseholdFacts {
  const values: Readonly<Partial<Record<ColumnKey, string | number | boolean | null>>> = { ...details, ...row };
  return {
    sheet: row.sheet,
    row: row.row,
    householdNumber: row.number,
    said: Object.fromEntries(HOUSEHOLD_KEYS.map((key) => [key, word(key, values[key])])),
  };
}
