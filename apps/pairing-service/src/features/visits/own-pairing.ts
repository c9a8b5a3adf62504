import { amongIds } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { helpsOn } from '../../db/helps.ts';
import { ownIds } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';

/** A pairing of the caller's own, under which a visit is made, and what the visit's event says of it. */
export interface OwnPairing {
  readonly householdId: string;
  readonly countyCode: string;
  readonly cadreId: string;
  readonly helperName: string;
  readonly unitName: string;
  readonly from: BusinessDay;
}

/**
 * The caller's own pairings with households on a day, else the ones they have today, by household: a visit of before
 * the pairing is told so.
 */
export async function findOwnPairings(
  read: ReadSql<Tables>,
  caller: Caller,
  householdIds: readonly string[],
  { day, today }: { readonly day: BusinessDay; readonly today: BusinessDay },
): Promise<Map<string, OwnPairing>> {
  const rows = await read
    .selectFrom('pairing_link as l')
    .innerJoin('cadre as c', 'c.id', 'l.cadre_id')
    .innerJoin('unit as u', 'u.id', 'l.unit_id')
    .where((eb) => amongIds(eb.ref('l.household_id'), householdIds))
    .where('l.cadre_id', 'in', ownIds(caller, 'helper'))
    .where((eb) => eb.or([helpsOn(eb, 'l', day), helpsOn(eb, 'l', today)]))
    .distinctOn('l.household_id')
    .orderBy('l.household_id')
    .orderBy((eb) => helpsOn(eb, 'l', day), 'desc')
    .orderBy('l.valid_from', 'desc')
    .select(['l.household_id as householdId', 'l.county_code as countyCode', 'l.cadre_id as cadreId'])
    .select(['c.name as helperName', 'u.name as unitName', 'l.valid_from as from'])
    .execute();
  return new Map(rows.map((row) => [row.householdId, { ...row, from: row.from as BusinessDay }]));
}
