import type { listAccountChanges as operation } from '@bangfu/contracts/industry/account-changes';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, seesHousehold } from '../../../db/scope.ts';
import type { Reader } from '../../../reader.ts';
import { getContract } from '../../contracts/list-contracts/list-contracts.query.ts';
import { findAccountChanges } from '../account-change.repository.ts';

/** The changes of account under a contract: an entity sees all of its own, others those of their region. @throws Refusal 404 */
export async function listAccountChanges(
  service: Industry,
  reader: Reader,
  contractId: string,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  await getContract(sql, reader, contractId);
  const where = `${seesHousehold('m.village_code')} AND a.contract_id = $3::uuid`;
  return { rows: await findAccountChanges(sql, where, [...scopeParams(reader.caller), contractId]) };
}
