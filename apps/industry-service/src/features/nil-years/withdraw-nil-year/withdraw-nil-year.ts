import { type NilYear, withdrawNilYear as operation } from '@bangfu/contracts/industry/nil-years';
import { withdrawNilYear as withdraw } from '@bangfu/domain/industry/nil-year';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { getNilYear, keepDecision, nilOf } from '../nil-year.repository.ts';

/**
 * The entity takes such a declaration back before it is decided: the year is undeclared again.
 * @throws Refusal 404; DomainError NIL_DECIDED, DECLARATION_NOT_OWN
 */
export function withdrawNilYear(service: Industry, actor: Actor, nilId: string): Promise<NilYear> {
  return runCommand(service.bulk, service.newId, operation, actor, { nilId }, async (_tx, sql) => {
    const { contractId } = await getNilYear(sql, nilId);
    await holdContract(sql, actor.caller, contractId);
    const before = await getNilYear(sql, nilId);
    const { state } = withdraw(nilOf(before), partyOf(actor.caller, before));
    await keepDecision(sql, before, state, null, actor);
    return {
      answer: await getNilYear(sql, nilId),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: { before: { nilYear: nilId, state: before.state }, after: { nilYear: nilId, state } },
        },
      ],
    };
  });
}
