import { decideAccountChange, type listAccountChanges as operation } from '@bangfu/contracts/industry/account-changes';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { decideAccountChange as decide } from '@bangfu/domain/industry/account-change';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, seesHousehold } from '../../../db/scope.ts';
import type { Reader } from '@bangfu/platform/steps';
import { callerRefusal, toOffer } from '../../../steps.ts';
import { getContract } from '../../contracts/list-contracts/list-contracts.query.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { findAccountChanges } from '../account-change.repository.ts';

/** The changes of account under a contract: an entity sees all of its own, others those of their region. @throws Refusal 404 */
export async function listAccountChanges(
  service: Industry,
  reader: Reader,
  contractId: string,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const { entityId } = await getContract(sql, reader, contractId);
  const far = await callerRefusal(sql, reader, { op: decideAccountChange, reach: 'acts' }, entityId);
  const actor = partyOf(reader.caller, { entityId });
  const where = `${seesHousehold('m.village_code')} AND a.contract_id = $3::uuid`;
  const changes = await findAccountChanges(sql, where, [...scopeParams(reader.caller), contractId]);
  return {
    rows: changes.map((change) => {
      const asked = { state: change.state, entityId, requestedBy: change.requestedById };
      const decision = toOffer(far ?? refusalOf(() => decide(asked, actor, true)), reader.language);
      return { ...change, decision };
    }),
  };
}
