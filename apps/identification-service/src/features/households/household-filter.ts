import type { HouseholdFilter } from '@bangfu/contracts/identification/households';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { normaliseNumber } from '@bangfu/domain/identification/roster/normalise';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { likeAny, narrow } from '@bangfu/service-kit/db/scope';
import type { Cipher } from '@bangfu/service-kit/secrets/cipher';
import type { z } from 'zod';

/** A WHERE clause over `household h` with its parameters, numbered from $1. */
export interface Where {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** What the caller may see, narrowed to what he filters for. Search: number prefix, name, or last four of an ID number. */
export function householdWhere(filter: z.output<typeof HouseholdFilter>, caller: Caller, cipher: Cipher): Where {
  const prefixes = narrow(regionPrefixes(caller), filter.region && scopePrefix(filter.region as RegionCode));
  const params: unknown[] = [likeAny(prefixes)];
  const parts = ['h.village_code LIKE ANY ($1)'];
  const add = (value: unknown, clause: (n: string) => string) => {
    params.push(value);
    parts.push(clause(`$${params.length}`));
  };
  if (filter.status) add(filter.status, (n) => `h.status = ${n}`);
  if (filter.category) add(filter.category, (n) => `h.category = ${n}`);
  if (filter.cause) add(filter.cause, (n) => `h.main_cause = ${n}`);
  const text = filter.search?.trim();
  if (text) {
    const number = normaliseNumber(text);
    if (/^\d{3}[\dX]$/.test(number)) {
      add(
        cipher.index('id-last-four', number),
        (n) => `EXISTS (SELECT 1 FROM person p WHERE p.household_id = h.id AND p.id_last_four_index = ${n})`,
      );
    } else if (/^\d+$/.test(number)) {
      add(`${number}%`, (n) => `h.number LIKE ${n}`);
    } else {
      add(
        `${text.replace(/[\\%_]/g, '\\$&')}%`,
        (n) => `EXISTS (SELECT 1 FROM person p WHERE p.household_id = h.id AND p.name LIKE ${n})`,
      );
    }
  }
  return { sql: parts.join(' AND '), params };
}
