import { type ContractEnd, requestContractEnd as operation } from '@bangfu/contracts/industry/contract-ends';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { demandEnd, findContractEnds, getContractEnd } from '../contract-end.repository.ts';

/**
 * Asks that a contract end before its time, or that a household leave it; nothing ends before another person agrees.
 * @throws Refusal 404; DomainError CONTRACT_NOT_IN_FORCE, CONTRACT_END_DAY, CONTRACT_END_DECLARED, CONTRACT_END_OPEN
 */
export function requestContractEnd(
  service: Industry,
  actor: Actor,
  contractId: string,
  { day, reason, ...of }: BodyOf<typeof operation>,
): Promise<ContractEnd> {
  const id = service.newId(actor.now);
  const householdId = of.householdId ?? null;
  const input = { contractId, householdId, day, reason };
  return runCommand(service.bulk, service.newId, operation, actor, input, async (_tx, sql) => {
    const contract = await holdContract(sql, actor.caller, contractId);
    await demandEnd(sql, contract, householdId, day as BusinessDay);
    const open = await findContractEnds(
      sql,
      `x.contract_id = $1::uuid AND x.household_id IS NOT DISTINCT FROM $2::text::uuid AND x.state = 'proposed'`,
      [contractId, householdId],
    );
    demand(open.length === 0, 'CONTRACT_END_OPEN');
    await sql.query(
      `INSERT INTO contract_end (id, county_code, contract_id, household_id, last_day, reason, requested_by_id,
         requested_by, requested_at)
       VALUES ($1::uuid, $2, $3::uuid, $4::text::uuid, $5::text::date, $6, $7, $8, $9::text::timestamptz)`,
      [
        id,
        contract.countyCode,
        contractId,
        householdId,
        day,
        reason,
        actor.caller.id,
        actor.caller.name,
        actor.now.toISOString(),
      ],
    );
    return {
      answer: await getContractEnd(sql, id),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: { after: { contractEnd: id, householdId, day, reason } },
        },
      ],
    };
  });
}
