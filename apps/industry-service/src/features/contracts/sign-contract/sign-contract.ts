import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type ShareContract, signContract as operation } from '@bangfu/contracts/industry/contracts';
import { demandSigningDay, requireSignable } from '@bangfu/domain/industry/contract';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { demandStakes, holdDraft } from '../contract.repository.ts';
import { getContract } from '../list-contracts/list-contracts.query.ts';
import type { Reader } from '@bangfu/platform/steps';
import { POLICY, toContract } from '../policy.ts';

/**
 * Puts a draft in force when nothing in the policy stands against it. Whoever drafted it does not sign it off.
 * @throws Refusal 404, 409; DomainError CONTRACT_SIGNED, ENTITY_CLOSED, CONTRACT_SAME_PERSON, CONTRACT_SIGNED_LATER, DAY_…, SUM_TOO_LARGE and the first of
 * the contract's findings
 */
export function signContract(
  service: Industry,
  actor: Actor & Reader,
  contractId: string,
  body: BodyOf<typeof operation>,
): Promise<ShareContract> {
  return runCommand(service.transaction, service.newId, operation, actor, { contractId, ...body }, async (tx, sql) => {
    const held = await holdDraft(sql, actor.caller, contractId);
    const before = await getContract(sql, actor, contractId);
    if (held.version !== body.version) throw conflict(before);
    const { state, draftedById: draftedBy, entityClosed } = held;
    const record = { state, draftedBy, entityClosed, contract: toContract(before) };
    requireSignable(record, actor.caller.id, POLICY);
    await demandStakes(sql, contractId, actor.now);
    const signedOn = body.signedOn as BusinessDay;
    demandSigningDay(signedOn, record.contract, businessDayOf(actor.now), body.sureOfDays);
    await tx.contract.update({
      where: { id: contractId },
      data: {
        state: 'in-force',
        signedOn: new Date(body.signedOn),
        signedById: actor.caller.id,
        version: { increment: 1 },
      },
    });
    return {
      answer: await getContract(sql, actor, contractId),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: {
            before: { state: before.state },
            after: {
              state: 'in-force',
              signedOn: body.signedOn,
              households: before.households,
              stakeFen: before.stakeFen,
            },
          },
        },
      ],
    };
  });
}
