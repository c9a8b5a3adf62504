import * as contract from '@bangfu/contracts/identification/households';
import { query } from '../../../operations.ts';

/** The household of exactly this number in a county, or of this id; each is one look into an index. */
export const findHouseholdKey = query(contract.findHouseholdKey, async ({ read, caller, query: { id, number } }) => {
  if (id === undefined && number === undefined) return { household: null };
  let found = read.selectFrom('household').where('county_code', '=', caller.countyCode);
  if (id !== undefined) found = found.where('id', '=', id);
  if (number !== undefined) found = found.where('number', '=', number);
  return { household: (await found.select(['id', 'number']).limit(1).executeTakeFirst()) ?? null };
});
