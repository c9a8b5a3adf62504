import { removeContractHousehold as operation } from '@bangfu/contracts/industry/contracts';
import { contractUnlisted } from '@bangfu/events/catalog/industry';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { holdDraft, recountContract } from '../contract.repository.ts';

/** Takes a household off a draft's list. @throws Refusal 404; DomainError CONTRACT_SIGNED */
export function removeContractHousehold(
  service: Industry,
  actor: Actor,
  contractId: string,
  householdId: string,
): Promise<null> {
  const input = { contractId, householdId };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const { countyCode } = await holdDraft(sql, actor.caller, contractId);
    const { count } = await tx.contractHousehold.deleteMany({ where: { contractId, householdId } });
    if (count === 0) throw notFound();
    await recountContract(sql, contractId, actor.now);
    return {
      answer: null,
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: { before: { householdId } },
        },
      ],
      events: [contractUnlisted.of(countyCode, { contractId, householdId })],
    };
  });
}
