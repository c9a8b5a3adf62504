import { inRegions } from '@bangfu/data/scope';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Tables } from '../operations.ts';
import { helpsOn } from './helps.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
type OfHousehold = ExpressionBuilder<Tables & { h: Tables['household_copy'] }, 'h'>;
type OfUnit = ExpressionBuilder<Tables & { u: Tables['unit'] }, 'u'>;

/** The ids that a caller's grants of a kind name. */
export const ownIds = (caller: Caller, kind: 'helper' | 'unit' | 'household'): string[] =>
  scopeIds(caller, kind).filter((id) => UUID.test(id));

/** Of `household_copy h`: in the region, or the caller's own. Helpers and units see whom they help that day. */
export const householdVisible = (eb: OfHousehold, caller: Caller, today: BusinessDay) =>
  eb.or([
    inRegions(eb.ref('h.village_code'), regionPrefixes(caller)),
    eb('h.id', 'in', ownIds(caller, 'household')),
    eb.exists(
      eb
        .selectFrom('pairing_link as s')
        .whereRef('s.household_id', '=', 'h.id')
        .where((s) => helpsOn(s, 's', today))
        .where((s) =>
          s.or([s('s.cadre_id', 'in', ownIds(caller, 'helper')), s('s.unit_id', 'in', ownIds(caller, 'unit'))]),
        )
        .select('s.id'),
    ),
  ]);

/**
 * Of `unit u`: administered in the region, paired with a village of it, helping a household in it, or the caller's own.
 */
export function unitVisible(eb: OfUnit, caller: Caller, today: BusinessDay) {
  const prefixes = regionPrefixes(caller);
  return eb.or([
    inRegions(eb.ref('u.seat_code'), prefixes),
    eb('u.id', 'in', ownIds(caller, 'unit')),
    eb.exists(
      eb
        .selectFrom('cadre as k')
        .whereRef('k.unit_id', '=', 'u.id')
        .where('k.id', 'in', ownIds(caller, 'helper'))
        .select('k.id'),
    ),
    sql<boolean>`exists (select from unnest(${eb.ref('u.village_codes')}) as v (code)
      where ${inRegions(sql.ref('v.code'), prefixes)})`,
    eb.exists(
      eb
        .selectFrom('pairing_link as s')
        .innerJoin('household_copy as h', 'h.id', 's.household_id')
        .whereRef('s.unit_id', '=', 'u.id')
        .where((s) => helpsOn(s, 's', today))
        .where((s) => inRegions(s.ref('h.village_code'), prefixes))
        .select('s.id'),
    ),
  ]);
}
