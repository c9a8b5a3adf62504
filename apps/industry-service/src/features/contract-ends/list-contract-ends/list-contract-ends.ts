import * as contract from '@bangfu/contracts/industry/contract-ends';
import { decideContractEnd as decide } from '@bangfu/domain/industry/contract-end';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { householdVisible } from '../../../db/scope.ts';
import { query } from '../../../operations.ts';
import { callerRefusal, toOffer } from '../../../steps.ts';
import { getShownContract } from '../../contracts/shown-contract.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { contractEnds } from '../contract-end.repository.ts';

/** The ends under a contract: an entity sees all of its own, others those of their region. @throws Refusal 404 */
export const listContractEnds = query(contract.listContractEnds, async (call) => {
  const { read, caller, language } = call;
  const { contractId } = call.params;
  const { entityId } = await getShownContract(read, call, contractId);
  const far = await callerRefusal(read, call, { op: contract.decideContractEnd, reach: 'acts' }, entityId);
  const actor = partyOf(caller, { entityId });
  const ends = await contractEnds(read)
    .where('x.contract_id', '=', contractId)
    .where((eb) => eb.or([eb('x.household_id', 'is', null), householdVisible(eb, caller, eb.ref('m.village_code'))]))
    .execute();
  return {
    rows: ends.map((end) => {
      const asked = { state: end.state, entityId, requestedBy: end.requestedById };
      return { ...end, decision: toOffer(far ?? refusalOf(() => decide(asked, actor, true)), language) };
    }),
  };
});
