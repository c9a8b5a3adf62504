import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { likeAny } from '@bangfu/data/scope';
import { helpsOn } from './helps.ts';

/** What a caller may look into on a day, as the parameters of the conditions here. */
export type Visibility = [patterns: string[], helpers: string[], units: string[], today: BusinessDay, own: string[]];

/**
 * What a caller may look into, as the five parameters of `householdVisible`: village patterns, the ids of his helper's
 * and unit's grants, the day, and the ids of his household's grants.
 */
export function visibleTo(caller: Caller, today: BusinessDay): Visibility {
  return [
    likeAny(regionPrefixes(caller)),
    scopeIds(caller, 'helper'),
    scopeIds(caller, 'unit'),
    today,
    scopeIds(caller, 'household'),
  ];
}

/** How many parameters of `visibleTo` `unitVisible` reads. */
export const UNIT_PARAMS = 4;

/** The day among the parameters of `visibleTo` from $n on. */
export const dayOf = (n: number): string => `$${n + 3}::date`;

/** The condition over `platform.household_copy h`; its parameters stand from $n on. Helpers see whom they help that day. */
export function householdVisible(n: number): string {
  return `(h.village_code LIKE ANY ($${n}::text[]) OR h.id::text = ANY ($${n + 4}::text[]) OR EXISTS (
    SELECT 1 FROM pairing_link s WHERE s.household_id = h.id AND ${helpsOn('s', dayOf(n))}
      AND (s.cadre_id::text = ANY ($${n + 1}::text[]) OR s.unit_id::text = ANY ($${n + 2}::text[]))))`;
}

/**
 * The condition over `unit u` with the first four parameters of `visibleTo`: administered in the region, paired with a
 * village of it, helping a household in it, or the caller's own.
 */
export function unitVisible(n: number): string {
  return `(u.seat_code LIKE ANY ($${n}::text[]) OR u.id::text = ANY ($${n + 2}::text[])
    OR EXISTS (SELECT 1 FROM cadre k WHERE k.unit_id = u.id AND k.id::text = ANY ($${n + 1}::text[]))
    OR EXISTS (SELECT 1 FROM unnest(u.village_codes) v (code) WHERE v.code LIKE ANY ($${n}::text[]))
    OR EXISTS (SELECT 1 FROM pairing_link s JOIN platform.household_copy h ON h.id = s.household_id
      WHERE s.unit_id = u.id AND ${helpsOn('s', dayOf(n))} AND h.village_code LIKE ANY ($${n}::text[])))`;
}
