import * as contract from '@bangfu/contracts/pairing/cadres';
import { inRegions } from '@bangfu/data/scope';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { query } from '../../../operations.ts';

/** The divisions within the scope, with the county itself, by code. */
export const listPairingRegions = query(contract.listPairingRegions, async ({ read, caller }) => {
  const rows = await read
    .selectFrom('region_copy as r')
    .where('r.county_code', '=', caller.countyCode)
    .where((eb) => inRegions(eb.ref('r.code'), regionPrefixes(caller)))
    .where('r.level', 'in', ['county', 'township', 'village'])
    .orderBy('r.code')
    .select(['r.code', 'r.level', 'r.name', 'r.parent_code as parentCode'])
    .execute();
  return { rows };
});
