import * as contract from '@bangfu/contracts/industry/contract-ends';
import { decideContractEnd as decide } from '@bangfu/domain/industry/contract-end';
import { command } from '../../../operations.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { demandEnd, getContractEnd } from '../contract-end.repository.ts';

/**
 * Decides an end. Approved, the contract ends on the day, or the household's days on it do; what was agreed at first
 * stays stored with it.
 * @throws Refusal 404; DomainError CONTRACT_END_DECIDED, CONTRACT_END_SAME_PERSON, CONTRACT_END_DAY, CONTRACT_END_DECLARED
 */
export const decideContractEnd = command(
  contract.decideContractEnd,
  async ({ params: { endId }, body: { approved }, tx, caller, now, audit }) => {
    const { contractId } = await getContractEnd(tx.sql, endId);
    const held = await holdContract(tx, caller, contractId);
    const { state, entityId, requestedById, householdId, day } = await getContractEnd(tx.sql, endId);
    const after = decide({ state, entityId, requestedBy: requestedById }, partyOf(caller, { entityId }), approved);
    if (approved) {
      await demandEnd(tx.sql, held, householdId, day);
      if (householdId === null) {
        await tx.sql
          .updateTable('contract')
          .set((eb) => ({ ended_on: day, version: eb('version', '+', 1) }))
          .where('id', '=', contractId)
          .execute();
      } else {
        await tx.sql
          .updateTable('contract_household')
          .set({ leaves_on: day })
          .where('contract_id', '=', contractId)
          .where('household_id', '=', householdId)
          .execute();
      }
    }
    await tx.sql
      .updateTable('contract_end')
      .set({ state: after.state, decided_by: caller.name, decided_at: now })
      .where('id', '=', endId)
      .execute();
    audit.change(
      'contract',
      contractId,
      { contractEnd: endId, state, to: held.to },
      { contractEnd: endId, state: after.state, householdId, ...(approved && { lastDay: day }) },
    );
    return getContractEnd(tx.sql, endId);
  },
);
