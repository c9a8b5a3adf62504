import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { likeAny } from '@bangfu/data/scope';

/**
 * The caller's part of industry as the first two parameters of every query: $1 the ids of his own entities, $2 the
 * village patterns of his regions.
 */
export function scopeParams(caller: Caller): [entityIds: string[], patterns: string[]] {
  return [scopeIds(caller, 'entity'), likeAny(regionPrefixes(caller))];
}

/** Whether `entity e` may be seen: one's own, or one that works in a village of one's region. */
export const SEES_ENTITY = `(e.id::text = ANY ($1::text[])
  OR EXISTS (SELECT 1 FROM unnest(e.village_codes) AS worked (code) WHERE worked.code LIKE ANY ($2::text[])))`;

/** Whether one acts on what `entity e` declares: as the entity itself, or where its seat lies. */
export const ACTS_FOR_ENTITY = `(e.id::text = ANY ($1::text[]) OR e.seat_code LIKE ANY ($2::text[]))`;

/** How near a caller must be: any village of the entity to see or to post a notice, its seat (or itself) to act. */
export type Reach = 'sees' | 'acts';

/** Whether a row of a household (by its village column) may be seen within an entity that may be. */
export const seesHousehold = (villageColumn: string) =>
  `(e.id::text = ANY ($1::text[]) OR ${villageColumn} LIKE ANY ($2::text[]))`;
