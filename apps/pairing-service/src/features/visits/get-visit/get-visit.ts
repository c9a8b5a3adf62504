import * as contract from '@bangfu/contracts/pairing/visits';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { keptVisits, shownVisit, visitVisible } from '../visit.repository.ts';

/** One visit within the scope. @throws Refusal 404 */
export const getVisit = query(contract.getVisit, async ({ read, caller, params, now, kit }) => {
  const visit = await keptVisits(read)
    .where('v.id', '=', params.visitId)
    .where((eb) => visitVisible(eb, caller, businessDayOf(now)))
    .executeTakeFirst();
  if (!visit) throw notFound();
  return shownVisit(visit, kit.cipher);
});
