import { decideContractEnd, type listContractEnds as operation } from '@bangfu/contracts/industry/contract-ends';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { decideContractEnd as decide } from '@bangfu/domain/industry/contract-end';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Reader } from '@bangfu/platform/steps';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, seesHousehold } from '../../../db/scope.ts';
import { callerRefusal, toOffer } from '../../../steps.ts';
import { getContract } from '../../contracts/list-contracts/list-contracts.query.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { findContractEnds } from '../contract-end.repository.ts';

/** The ends under a contract: an entity sees all of its own, others those of their region. @throws Refusal 404 */
export async function listContractEnds(
  service: Industry,
  reader: Reader,
  contractId: string,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const { entityId } = await getContract(sql, reader, contractId);
  const far = await callerRefusal(sql, reader, { op: decideContractEnd, reach: 'acts' }, entityId);
  const actor = partyOf(reader.caller, { entityId });
  const where = `(x.household_id IS NULL OR ${seesHousehold('m.village_code')}) AND x.contract_id = $3::uuid`;
  const ends = await findContractEnds(sql, where, [...scopeParams(reader.caller), contractId]);
  return {
    rows: ends.map((end) => {
      const asked = { state: end.state, entityId, requestedBy: end.requestedById };
      const decision = toOffer(far ?? refusalOf(() => decide(asked, actor, true)), reader.language);
      return { ...end, decision };
    }),
  };
}
