import * as contract from '@bangfu/contracts/training/coverage';
import { narrow } from '@bangfu/data/scope';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { readCoverage } from '../../../db/read-coverage.ts';
import { query } from '../../../operations.ts';

/** One skill per household: the coverage of the caller's villages, and of all of them. */
export const getCoverage = query(contract.getCoverage, async ({ read, caller, query: { region }, now }) => {
  const prefixes = narrow(regionPrefixes(caller), region && scopePrefix(region as RegionCode));
  return { asOf: now.toISOString(), ...(await readCoverage(read, caller, prefixes, businessDayOf(now))) };
});
