import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { type Caller, scopeIds } from '@bangfu/platform/auth/caller';
import { helpsOn } from '../../db/helps.ts';

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
  sql: Sql,
  caller: Caller,
  householdIds: readonly string[],
  { day, today }: { readonly day: BusinessDay; readonly today: BusinessDay },
): Promise<Map<string, OwnPairing>> {
  const rows = await sql.query<OwnPairing>(
    `SELECT DISTINCT ON (l.household_id) l.household_id::text AS "householdId", l.county_code AS "countyCode",
       l.cadre_id::text AS "cadreId", c.name AS "helperName", u.name AS "unitName", l.valid_from::text AS "from"
     FROM pairing_link l JOIN cadre c ON c.id = l.cadre_id JOIN unit u ON u.id = l.unit_id
     WHERE l.household_id = ANY ($1::text[]::uuid[]) AND l.cadre_id::text = ANY ($2::text[])
       AND (${helpsOn('l', '$3::date')} OR ${helpsOn('l', '$4::date')})
     ORDER BY l.household_id, ${helpsOn('l', '$3::date')} DESC, l.valid_from DESC`,
    [[...householdIds], scopeIds(caller, 'helper'), day, today],
  );
  return new Map(rows.map((row) => [row.householdId, row]));
}
