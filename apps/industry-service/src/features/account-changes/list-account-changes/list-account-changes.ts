import * as contract from '@bangfu/contracts/industry/account-changes';
import { decideAccountChange as decide } from '@bangfu/domain/industry/account-change';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { householdVisible } from '../../../db/scope.ts';
import { query } from '../../../operations.ts';
import { callerRefusal, toOffer } from '../../../steps.ts';
import { getShownContract } from '../../contracts/shown-contract.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { accountChanges } from '../account-change.repository.ts';

/** The changes of account under a contract: an entity sees all of its own, others those of their region. @throws Refusal 404 */
export const listAccountChanges = query(contract.listAccountChanges, async (call) => {
  const { read, caller, language } = call;
  const { contractId } = call.params;
  const { entityId } = await getShownContract(read, call, contractId);
  const far = await callerRefusal(read, call, { op: contract.decideAccountChange, reach: 'acts' }, entityId);
  const actor = partyOf(caller, { entityId });
  const changes = await accountChanges(read)
    .where('a.contract_id', '=', contractId)
    .where((eb) => householdVisible(eb, caller, eb.ref('m.village_code')))
    .execute();
  return {
    rows: changes.map((change) => {
      const asked = { state: change.state, entityId, requestedBy: change.requestedById };
      return { ...change, decision: toOffer(far ?? refusalOf(() => decide(asked, actor, true)), language) };
    }),
  };
});
