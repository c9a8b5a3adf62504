import { columnFacts, type ColumnKey, HOUSEHOLD_KEYS } from '@bangfu/domain/identification/roster/columns';
import { YES_NO } from '@bangfu/domain/identification/roster/dictionaries';
import type { HouseholdFacts } from '@bangfu/domain/identification/roster/read-household';
import { HOUSEHOLD_FACT_COLUMNS } from '../../../register/fact-columns.ts';
import { type Fen, formatYuan } from '@bangfu/domain/shared/money';
import { rosterWord } from './stage-row.ts';

/** The facts of a household in which its rows are to agree, as they are staged; its place is told by its names. */
export const AGREED_FACTS = HOUSEHOLD_FACT_COLUMNS.filter(
  ({ key, from: [first] }) => key !== 'village' && first !== undefined && HOUSEHOLD_KEYS.includes(first),
);

/** What a staged row says of its household, as `saidRow` gives it. */
export interface SaidRow {
  readonly sheet: string;
  readonly row: number;
  readonly number: string;
  readonly township: string | null;
  readonly village: string | null;
  readonly facts: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
}

/** A staged row `alias` with its village `<alias>v` and township `<alias>t`, as one JSON value. */
export const saidRow = (alias: string) => `jsonb_build_object('sheet', ${alias}.sheet, 'row', ${alias}.row,
  'number', ${alias}.number, 'township', ${alias}t.name, 'village', ${alias}v.name, 'facts', jsonb_build_object(
  ${AGREED_FACTS.map(({ key, column }) => `'${key}', ${alias}.${column}`).join(', ')}))`;

/** A value of the household in the words of the sheets. */
function word(key: ColumnKey, value: string | number | boolean | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return YES_NO.label(value ? 'yes' : 'no');
  if (typeof value === 'number') return columnFacts(key).kind === 'yuan' ? formatYuan(value as Fen) : String(value);
  if (key === 'status') return rosterWord(value) || null;
  return columnFacts(key).dictionary?.labelOf(value) ?? value;
}

/** What a row says of its household, in the words of the sheets. */
export function toFacts({ township, village, facts, ...row }: SaidRow): HouseholdFacts {
  const said = AGREED_FACTS.flatMap(({ key, from }) => {
    const value = facts[key];
    // Of several columns each says a word of the fact.
    const words = from.length > 1 && Array.isArray(value) ? (value as readonly string[]) : [value as string | null];
    return from.map((column, at) => [column, word(column, words[at])] as const);
  });
  return {
    sheet: row.sheet,
    row: row.row,
    householdNumber: row.number,
    said: { ...Object.fromEntries(said), township, village },
  };
}
