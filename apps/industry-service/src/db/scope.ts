import { inRegions, likeAny } from '@bangfu/data/scope';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Tables } from '../operations.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
type WithEntity = Tables & { e: Tables['entity'] };
type Entities = ExpressionBuilder<WithEntity, 'e'>;

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

/** The entities a caller speaks for. */
export const entitiesOf = (caller: Caller): string[] => scopeIds(caller, 'entity').filter((id) => UUID.test(id));

const isOwn = (eb: Entities, caller: Caller) => eb('e.id', 'in', entitiesOf(caller));

/** Whether `entity e` may be seen: one's own, or one that works in a village of one's region. */
export const entityVisible = (eb: Entities, caller: Caller) =>
  eb.or([
    isOwn(eb, caller),
    sql<SqlBool>`exists (select from unnest(${eb.ref('e.village_codes')}) as worked (code)
      where ${inRegions(sql.ref('worked.code'), regionPrefixes(caller))})`,
  ]);

/** Whether one acts on what `entity e` declares: as the entity itself, or where its seat lies. */
export const actsForEntity = (eb: Entities, caller: Caller) =>
  eb.or([isOwn(eb, caller), inRegions(eb.ref('e.seat_code'), regionPrefixes(caller))]);

/** Whether a row of a household (by its village) may be seen within an `entity e` that may be. */
export const householdVisible = (eb: Entities, caller: Caller, villageCode: Expression<unknown>) =>
  eb.or([isOwn(eb, caller), inRegions(villageCode, regionPrefixes(caller))]);
