import * as contract from '@bangfu/contracts/industry/contracts';
import { contractUnlisted } from '@bangfu/events/catalog/industry';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { holdDraft, recountContract } from '../contract.repository.ts';

/** Takes a household off a draft's list. @throws Refusal 404; DomainError CONTRACT_SIGNED */
export const removeContractHousehold = command(
  contract.removeContractHousehold,
  async ({ params: { contractId, householdId }, tx, caller, now, audit, emit }) => {
    const { countyCode } = await holdDraft(tx, caller, contractId);
    const { numDeletedRows } = await tx.sql
      .deleteFrom('contract_household')
      .where('contract_id', '=', contractId)
      .where('household_id', '=', householdId)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw notFound();
    await recountContract(tx.sql, contractId, now);
    audit.entry('contract', contractId, { before: { householdId } });
    emit(contractUnlisted.of(countyCode, { contractId, householdId }));
    return null;
  },
);
