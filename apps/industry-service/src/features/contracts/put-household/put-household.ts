import type { AnswerOf, BodyOf } from '@bangfu/contracts/core/operation';
import { putContractHousehold as operation } from '@bangfu/contracts/industry/contracts';
import { DomainError } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { holdDraft, ownDays, putHouseholds, recountContract } from '../contract.repository.ts';
import { getContractHousehold } from '../list-households/list-households.query.ts';
import { judgeHouseholds, listedAccount } from '../stake-row.ts';

/**
 * Enters one household with its stake and account on a draft's list, or replaces what the list says of it.
 * @throws Refusal 404; DomainError CONTRACT_SIGNED, HOUSEHOLD_DAYS_…, LIST_…
 */
export function putContractHousehold(
  service: Industry,
  actor: Actor,
  contractId: string,
  body: BodyOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  // Idempotency and audit keep the act without the account itself.
  const tail = body.account.slice(-4);
  const known = {
    contractId,
    householdNumber: body.householdNumber,
    stakeFen: body.stakeFen,
    from: body.from,
    to: body.to,
    bankName: body.bankName,
    tail,
  };
  return runCommand(service.bulk, service.newId, operation, actor, known, async (_tx, sql) => {
    const contract = await holdDraft(sql, actor.caller, contractId);
    const { account, from, to, ...row } = body;
    const listed = { ...row, ...ownDays({ from, to }, contract), ...listedAccount(service.cipher, account) };
    await judgeHouseholds(
      sql,
      contractId,
      [{ place: { sheet: '', row: 1 }, name: null, listed }],
      (_place, _column, _value, code, params) => {
        throw new DomainError(code, params);
      },
    );
    await putHouseholds(sql, service.cipher, contractId, [listed], actor.now);
    await recountContract(sql, contractId, actor.now);
    return {
      answer: await getContractHousehold(sql, contractId, body.householdNumber),
      audit: [
        { action: operation.audit ?? '', recordType: 'contract', recordId: contractId, change: { after: known } },
      ],
    };
  });
}
