import * as contract from '@bangfu/contracts/pairing/pairings';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { helpsOn } from '../../../db/helps.ts';
import { CADRE_PHONE } from '../../../db/sealed.ts';
import { ownIds } from '../../../db/visible.ts';
import { query } from '../../../operations.ts';

/** Who helps the household the caller speaks for, with the number to call; null while nobody does. */
export const getMyHelper = query(contract.getMyHelper, async ({ read, caller, now, kit }) => {
  const row = await read
    .selectFrom('pairing_link as l')
    .innerJoin('cadre as c', 'c.id', 'l.cadre_id')
    .innerJoin('unit as u', 'u.id', 'l.unit_id')
    .innerJoin('household_copy as h', 'h.id', 'l.household_id')
    .where('h.id', 'in', ownIds(caller, 'household'))
    .where('h.withdrawn', '=', false)
    .where((eb) => helpsOn(eb, 'l', businessDayOf(now)))
    // An account speaks for one household; where it was given several, always for the same.
    .orderBy('h.number')
    .limit(1)
    .select(['c.id as cadreId', 'c.name', 'u.name as unitName', 'l.valid_from as since'])
    .select('c.phone_sealed as phoneSealed')
    .select((eb) =>
      eb
        .selectFrom('visit as v')
        .whereRef('v.household_id', '=', 'l.household_id')
        .select((v) => v.fn.max('v.day').as('day'))
        .as('lastVisit'),
    )
    .executeTakeFirst();
  if (!row) return { helper: null };
  const { cadreId, phoneSealed, ...helper } = row;
  return { helper: { ...helper, phone: phoneSealed ? kit.cipher.open(CADRE_PHONE, cadreId, phoneSealed) : null } };
});
