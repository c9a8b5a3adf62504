import { discardContract as operation } from '@bangfu/contracts/industry/contracts';
import { requireDraftContract } from '@bangfu/domain/industry/contract';
import { contractUnlisted } from '@bangfu/events/catalog/industry';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Reader } from '@bangfu/platform/steps';
import type { Industry } from '../../../db/client.ts';
import { holdContract } from '../contract.repository.ts';
import { getContract } from '../list-contracts/list-contracts.query.ts';

/**
 * Gives up a draft with its list: it promised nothing, and the log keeps what it said. The register hears that its
 * households are listed no more. @throws Refusal 404; DomainError CONTRACT_SIGNED
 */
export function discardContract(service: Industry, actor: Actor & Reader, contractId: string): Promise<null> {
  return runCommand(service.bulk, service.newId, operation, actor, { contractId }, async (_tx, sql) => {
    requireDraftContract(await holdContract(sql, actor.caller, contractId));
    const before = await getContract(sql, actor, contractId);
    await appendEventsFromQuery(
      sql,
      contractUnlisted,
      `SELECT m.household_id AS key, m.county_code, jsonb_build_object('contractId', m.contract_id,
         'householdId', m.household_id) AS data FROM contract_household m WHERE m.contract_id = $1::uuid`,
      [contractId],
      actor.now,
    );
    await sql.query('DELETE FROM contract_household WHERE contract_id = $1::uuid', [contractId]);
    await sql.query('DELETE FROM contract WHERE id = $1::uuid', [contractId]);
    return {
      answer: null,
      audit: [{ action: operation.audit ?? '', recordType: 'contract', recordId: contractId, change: { before } }],
    };
  });
}
