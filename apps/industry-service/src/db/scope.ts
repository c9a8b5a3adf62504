import { inRegions } from '@bangfu/data/scope';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Tables } from '../operations.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
type WithEntity = Tables & { e: Tables['entity'] };
type Entities = ExpressionBuilder<WithEntity, 'e'>;

/** How near a caller must be: any village of the entity to see or to post a notice, its seat (or itself) to act. */
export type Reach = 'sees' | 'acts';

/** The entities a caller speaks for. */
export const entitiesOf = (caller: Caller): string[] => scopeIds(caller, 'entity').filter((id) => UUID.test(id));

/** The households a caller speaks for. */
export const ownHouseholds = (caller: Caller): string[] => scopeIds(caller, 'household').filter((id) => UUID.test(id));

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

/** The village in which a household is now, by its code, where a row keeps that of the day it was written. */
export const villageNow = (householdId: Expression<unknown>, then: Expression<unknown>) =>
  sql<string>`coalesce((select k.village_code from household_copy k where k.id = ${householdId}), ${then})`;
