import { MOST_FOR_A_HOUSEHOLD } from '../../shared/bounds.ts';
import { EARLIEST_DAY } from '../../shared/day-bounds.ts';
import { demand } from '../../shared/errors.ts';
import { normaliseName, normaliseText } from '../../shared/normalise.ts';
import { type BusinessDay, readDay } from '../../shared/time.ts';
import type { Fact, Facts } from './fact.ts';
import { FACTS } from './catalogue.ts';
import type { KindName } from './kind.ts';

/** A fact as a form or a program gives it: one value, the codes of several words, or null for none. */
export type FactInput = string | number | boolean | readonly string[] | null;

const LONGEST_TEXT = 200;
const LONGEST_NAME = 60;
const MOST_COUNTED = 10_000;
const LARGEST_MEASURE = 1_000_000;

const within = (value: FactInput, least: number, most: number) =>
  typeof value === 'number' && value >= least && value <= most;
const wholeWithin = (value: FactInput, least: number, most: number) =>
  Number.isInteger(value) && within(value, least, most);
const worded = (value: FactInput, write: (text: string) => string, longest: number) => {
  const text = typeof value === 'string' ? write(value) : '';
  return text === '' || text.length > longest ? undefined : text;
};

/** Reads a value by the kind of its fact; undefined for what is none of it. */
function readValue({ kind: { name, dictionary, most } }: Fact, value: FactInput, today: BusinessDay): unknown {
  const codes: readonly string[] = dictionary?.codes ?? [];
  switch (name) {
    case 'text':
      return worded(value, normaliseText, LONGEST_TEXT);
    case 'name':
      return worded(value, normaliseName, LONGEST_NAME);
    case 'code':
      return typeof value === 'string' && codes.includes(value) ? value : undefined;
    case 'codes': {
      if (!Array.isArray(value) || new Set(value).size < value.length) return undefined;
      return value.length <= (most ?? codes.length) && value.every((code) => codes.includes(code)) ? value : undefined;
    }
    case 'yesNo':
      return typeof value === 'boolean' ? value : undefined;
    case 'day': {
      const day = typeof value === 'string' ? readDay(value) : null;
      return day && day >= EARLIEST_DAY && day <= today ? day : undefined;
    }
    case 'year':
      return wholeWithin(value, 1900, Number(today.slice(0, 4))) ? value : undefined;
    case 'fen':
      return wholeWithin(value, -MOST_FOR_A_HOUSEHOLD, MOST_FOR_A_HOUSEHOLD) ? value : undefined;
    case 'count':
      return wholeWithin(value, 0, MOST_COUNTED) ? value : undefined;
    case 'area':
    case 'distance':
      return within(value, 0, LARGEST_MEASURE) ? value : undefined;
    default:
      return undefined;
  }
}

/** What names a record, is sealed or is a division is changed by commands of their own. */
const BY_ITSELF: readonly KindName[] = ['number', 'idNumber', 'phone', 'account', 'region'];

/** Whether a fact may be corrected: neither computed, nor set by a procedure or movement, nor what the record is known by. */
export const isCorrectable = ({ kind, derived, byProcedure, byMovement }: Fact): boolean =>
  !derived && !byProcedure && !byMovement && !BY_ITSELF.includes(kind.name);

/**
 * Reads the facts of a correction by the catalogue.
 * @returns what is kept of each: null for none, an empty list where a fact has several words
 * @throws DomainError FACT_UNKNOWN, FACT_BY_ITSELF, FACT_WRONG, FACT_REQUIRED, each with the fact's key and its names
 */
export function readFacts(
  subject: 'household' | 'person',
  given: Readonly<Record<string, FactInput>>,
  today: BusinessDay,
): ReadonlyMap<string, unknown> {
  const facts: Facts = FACTS[subject];
  return new Map(
    Object.entries(given).map(([key, value]) => {
      const fact = Object.hasOwn(facts, key) ? facts[key] : undefined;
      demand(fact, 'FACT_UNKNOWN', { key });
      const params = { key, zh: fact.zh, en: fact.en };
      demand(isCorrectable(fact), 'FACT_BY_ITSELF', params);
      if (value === null) {
        demand(!fact.required, 'FACT_REQUIRED', params);
        return [key, fact.kind.name === 'codes' ? [] : null];
      }
      const read = readValue(fact, value, today);
      demand(read !== undefined, 'FACT_WRONG', params);
      return [key, read];
    }),
  );
}
