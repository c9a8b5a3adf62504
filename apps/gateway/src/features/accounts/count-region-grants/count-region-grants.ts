import * as contract from '@bangfu/contracts/gateway/region-grants';
import { command } from '../../../operations.ts';
import { followedGrants } from '../followed-grants.ts';

/** Counts the grants that a change of divisions would rewrite; it changes nothing. */
export const countRegionGrants = command(contract.countRegionGrants, async ({ body, tx, now, audit }) => {
  audit.nothing();
  const followed = await followedGrants(tx.sql, body.codes, now);
  return { grants: followed.length, ended: followed.filter(({ scopes }) => scopes.length === 0).length };
});
