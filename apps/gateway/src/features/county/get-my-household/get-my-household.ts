import * as contract from '@bangfu/contracts/gateway/county';
import { scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { findHousehold } from '../../../services/households.ts';

/** The number of the household that the caller speaks for. @throws Refusal 404 */
export const getMyHousehold = query(contract.getMyHousehold, async ({ caller, kit }) => {
  const [id] = scopeIds(caller, 'household');
  const household = id ? await findHousehold(kit, { id }, caller) : null;
  if (!household) throw notFound();
  return { householdNumber: household.number };
});
