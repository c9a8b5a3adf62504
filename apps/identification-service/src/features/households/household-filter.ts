import type { HouseholdFilter } from '@bangfu/contracts/identification/households';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { nameKey, nameKeySql, normaliseNumber } from '@bangfu/domain/shared/normalise';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { inVillages, narrow } from '@bangfu/data/scope';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { nameBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { z } from 'zod';

/** A WHERE clause over `household h` with its parameters, numbered from $1. */
export interface Where {
  readonly sql: string;
  readonly params: readonly unknown[];
}

const LETTERS = /^[a-z]+$/i;

/** Households with any problem at all. */
const ANY_RULE = 'any';

/**
 * What the caller may see, narrowed to what he filters for. Search: number prefix, a member's name in any
 * writing or by its initials, the village, or last four of an ID number.
 * Every part names columns that an index begins with, the county's first.
 */
export function householdWhere(filter: z.output<typeof HouseholdFilter>, caller: Caller, cipher: Cipher): Where {
  const prefixes = narrow(regionPrefixes(caller), filter.region && scopePrefix(filter.region as RegionCode));
  const params: unknown[] = [caller.countyCode];
  const add = (value: unknown) => `$${params.push(value)}`;
  const parts = ['h.county_code = $1', inVillages('h.village_code', prefixes, add)];
  if (filter.status === 'poor') parts.push(`h.status IN ('registered', 'returned')`);
  else if (filter.status) parts.push(`h.status = ${add(filter.status)}`);
  if (filter.category) parts.push(`h.category = ${add(filter.category)}`);
  if (filter.cause) parts.push(`h.main_cause = ${add(filter.cause)}`);
  if (filter.rule) {
    const one = filter.rule === ANY_RULE ? '' : `AND b.rule_id = ${add(filter.rule)}`;
    parts.push(`h.id IN (SELECT b.household_id FROM quality_breach b WHERE b.county_code = $1 ${one})`);
  }
  if (filter.openCase) {
    const not = filter.openCase === 'true' ? '' : 'NOT';
    parts.push(`${not} EXISTS (SELECT 1 FROM case_file c WHERE c.open_household_id = h.id)`);
  }
  const text = filter.search?.trim();
  if (text && nameKey(text) !== '') parts.push(searched(text, cipher, add));
  return { sql: parts.join(' AND '), params };
}

function searched(text: string, cipher: Cipher, add: (value: unknown) => string): string {
  const number = normaliseNumber(text);
  const ofPerson = (condition: string) => `h.id IN (SELECT p.household_id FROM person p WHERE ${condition})`;
  if (/^\d{3}[\dX]$/.test(number))
    return ofPerson(`p.id_last_four_index = ${add(cipher.index('id-last-four', number))}`);
  if (/^\d+$/.test(number)) return `h.number LIKE ${add(`${number}%`)}`;
  const asked = add(searchPattern(text));
  // A plain beginning is found through the index; initials are not a beginning.
  const named = LETTERS.test(text)
    ? nameBegins('p.name', asked)
    : `${nameKeySql('p.name')} LIKE ${add(`${nameKey(text).replace(/[\\%_]/g, '\\$&')}%`)}`;
  // As lists: how many households a text names is not to be guessed, and each is found through an index.
  return `h.id = ANY (ARRAY(SELECT p.household_id FROM person p WHERE p.county_code = $1 AND ${named}
    UNION SELECT x.id FROM region v
      CROSS JOIN LATERAL (SELECT y.id FROM household y WHERE y.village_code = v.code OFFSET 0) x
      WHERE v.county_code = $1 AND v.level = 'village' AND ${nameBegins('v.name', asked)}))`;
}
