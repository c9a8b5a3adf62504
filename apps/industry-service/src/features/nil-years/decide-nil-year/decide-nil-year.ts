import type { BodyOf } from '@bangfu/contracts/core/operation';
import { decideNilYear as operation, type NilYear } from '@bangfu/contracts/industry/nil-years';
import { decideNilYear as decide } from '@bangfu/domain/industry/nil-year';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { getNilYear, keepDecision, nilOf } from '../nil-year.repository.ts';

/**
 * The township confirms that a year has nothing to distribute, or returns it: then the year is undeclared again.
 * @throws Refusal 404; DomainError NIL_DECIDED, NIL_SAME_PERSON, DECLARATION_REASON_MISSING
 */
export function decideNilYear(
  service: Industry,
  actor: Actor,
  nilId: string,
  verdict: BodyOf<typeof operation>,
): Promise<NilYear> {
  return runCommand(service.bulk, service.newId, operation, actor, { nilId, ...verdict }, async (_tx, sql) => {
    const { contractId } = await getNilYear(sql, nilId);
    await holdContract(sql, actor.caller, contractId);
    const before = await getNilYear(sql, nilId);
    const { state } = decide(nilOf(before), partyOf(actor.caller, before), verdict);
    const reason = verdict.confirmed ? null : verdict.reason.trim();
    await keepDecision(sql, before, state, reason, actor);
    return {
      answer: await getNilYear(sql, nilId),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: { before: { nilYear: nilId, state: before.state }, after: { nilYear: nilId, state, reason } },
        },
      ],
    };
  });
}
