import { type Caller, regionPrefixes, scopeIds } from '@bangfu/service-kit/auth/caller';
import { likeAny } from '@bangfu/service-kit/db/scope';

/**
 * What a caller may look into, as the four parameters of `householdVisible`: village patterns, and the ids of his
 * helper's, unit's and household's grants.
 */
export function visibleTo(caller: Caller): [string[], string[], string[], string[]] {
  return [
    likeAny(regionPrefixes(caller)),
    scopeIds(caller, 'helper'),
    scopeIds(caller, 'unit'),
    scopeIds(caller, 'household'),
  ];
}

/** The condition over `platform.household_copy h`; its parameters stand from $n on. Helpers see whom they help now. */
export function householdVisible(n: number): string {
  return `(h.village_code LIKE ANY ($${n}::text[]) OR h.id::text = ANY ($${n + 3}::text[]) OR EXISTS (
    SELECT 1 FROM pairing_link s WHERE s.open_for = h.id
      AND (s.cadre_id::text = ANY ($${n + 1}::text[]) OR s.unit_id::text = ANY ($${n + 2}::text[]))))`;
}

/**
 * The condition over `unit u` with the parameters of `visibleTo`: administered in the region, paired with a village of
 * it, helping a household in it, or the caller's own.
 */
export function unitVisible(n: number): string {
  return `(u.seat_code LIKE ANY ($${n}::text[]) OR u.id::text = ANY ($${n + 2}::text[])
    OR EXISTS (SELECT 1 FROM cadre k WHERE k.unit_id = u.id AND k.id::text = ANY ($${n + 1}::text[]))
    OR EXISTS (SELECT 1 FROM unnest(u.village_codes) v (code) WHERE v.code LIKE ANY ($${n}::text[]))
    OR EXISTS (SELECT 1 FROM pairing_link s JOIN platform.household_copy h ON h.id = s.open_for
      WHERE s.unit_id = u.id AND h.village_code LIKE ANY ($${n}::text[])))`;
}
