import { type ContractEnd, decideContractEnd as operation } from '@bangfu/contracts/industry/contract-ends';
import { decideContractEnd as decide } from '@bangfu/domain/industry/contract-end';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { demandEnd, getContractEnd } from '../contract-end.repository.ts';

/**
 * Decides an end. Approved, the contract ends on the day, or the household's days on it do; what was agreed at first
 * stays stored beside it.
 * @throws Refusal 404; DomainError CONTRACT_END_DECIDED, CONTRACT_END_SAME_PERSON, CONTRACT_END_DAY, CONTRACT_END_DECLARED
 */
export function decideContractEnd(
  service: Industry,
  actor: Actor,
  endId: string,
  approved: boolean,
): Promise<ContractEnd> {
  const input = { endId, approved };
  return runCommand(service.bulk, service.newId, operation, actor, input, async (_tx, sql) => {
    const { contractId } = await getContractEnd(sql, endId);
    const contract = await holdContract(sql, actor.caller, contractId);
    const { state, entityId, requestedById, householdId, day } = await getContractEnd(sql, endId);
    const asked = { state, entityId, requestedBy: requestedById };
    const after = decide(asked, partyOf(actor.caller, { entityId }), approved);
    if (approved) {
      await demandEnd(sql, contract, householdId, day);
      await sql.query(
        householdId === null
          ? 'UPDATE contract SET ended_on = $2::text::date, version = version + 1 WHERE id = $1::uuid'
          : 'UPDATE contract_household SET leaves_on = $2::text::date WHERE contract_id = $1::uuid AND household_id = $3::text::uuid',
        householdId === null ? [contractId, day] : [contractId, day, householdId],
      );
    }
    await sql.query(
      `UPDATE contract_end SET state = $2, decided_by = $3, decided_at = $4::text::timestamptz WHERE id = $1::uuid`,
      [endId, after.state, actor.caller.name, actor.now.toISOString()],
    );
    return {
      answer: await getContractEnd(sql, endId),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: {
            before: { contractEnd: endId, state, to: contract.to },
            after: { contractEnd: endId, state: after.state, householdId, ...(approved && { lastDay: day }) },
          },
        },
      ],
    };
  });
}
