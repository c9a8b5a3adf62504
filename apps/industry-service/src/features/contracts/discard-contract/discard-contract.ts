import * as contract from '@bangfu/contracts/industry/contracts';
import { pgSql } from '@bangfu/data/sql';
import { requireDraftContract } from '@bangfu/domain/industry/contract';
import { contractUnlisted } from '@bangfu/events/catalog/industry';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import { command } from '../../../operations.ts';
import { holdContract } from '../contract.repository.ts';
import { getShownContract } from '../shown-contract.ts';
import { unlistedSql } from './unlisted.sql.ts';

/**
 * Gives up a draft with its list: it promised nothing, and the log keeps what it said. The register hears that its
 * households are listed no more. @throws Refusal 404; DomainError CONTRACT_SIGNED
 */
export const discardContract = command(contract.discardContract, async (call) => {
  const { tx, caller, now, audit } = call;
  const { contractId } = call.params;
  requireDraftContract(await holdContract(tx, caller, contractId));
  const before = await getShownContract(tx.sql, call, contractId);
  await appendEventsFromQuery(pgSql(tx.client), contractUnlisted, unlistedSql.text, [contractId], now);
  await tx.sql.deleteFrom('contract_household').where('contract_id', '=', contractId).execute();
  await tx.sql.deleteFrom('contract').where('id', '=', contractId).execute();
  audit.entry('contract', contractId, { before });
  return null;
});
