import * as contract from '@bangfu/contracts/industry/contract-ends';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { contractEnds, demandEnd, getContractEnd } from '../contract-end.repository.ts';

/**
 * Asks that a contract end before its time, or that a household leave it; nothing ends before another person agrees.
 * @throws Refusal 404; DomainError CONTRACT_NOT_IN_FORCE, CONTRACT_END_DAY, CONTRACT_END_DECLARED, CONTRACT_END_OPEN
 */
export const requestContractEnd = command(
  contract.requestContractEnd,
  async ({ params: { contractId }, body: { day, reason, ...of }, tx, caller, now, newId, audit }) => {
    const householdId = of.householdId ?? null;
    const held = await holdContract(tx, caller, contractId);
    await demandEnd(tx.sql, held, householdId, day as BusinessDay);
    const open = await contractEnds(tx.sql)
      .where('x.contract_id', '=', contractId)
      .where('x.household_id', 'is not distinct from', householdId)
      .where('x.state', '=', 'proposed')
      .executeTakeFirst();
    demand(!open, 'CONTRACT_END_OPEN');
    const id = newId();
    const requested = { requested_by_id: caller.id, requested_by: caller.name, requested_at: now };
    await tx.sql
      .insertInto('contract_end')
      .values({
        id,
        county_code: held.countyCode,
        contract_id: contractId,
        household_id: householdId,
        last_day: day,
        reason,
        ...requested,
      })
      .execute();
    audit.change('contract', contractId, null, { contractEnd: id, householdId, day, reason });
    return getContractEnd(tx.sql, id);
  },
);
