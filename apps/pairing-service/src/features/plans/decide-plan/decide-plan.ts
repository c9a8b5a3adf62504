import type { Operation } from '@bangfu/contracts/core/operation';
import { approvePlan, discardPlan, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { conflict } from '@bangfu/service-kit/http/refusal';
import type { Pairing, Tx } from '../../../db/client.ts';
import { getPlan, type PlanRecord, shownPlan } from '../plan.repository.ts';

/**
 * Approves a draft that someone else made (roles, separation of duties).
 * @throws DomainError PLAN_NOT_DRAFT, PLAN_OWN; Refusal 404, 409
 */
export function approve(service: Pairing, actor: Actor, planId: string, version: number): Promise<PairingPlan> {
  return decide(service, actor, approvePlan, planId, version, (plan) => {
    demand(plan.state === 'draft', 'PLAN_NOT_DRAFT');
    demand(plan.makerId !== actor.caller.id, 'PLAN_OWN');
    return {
      state: 'approved',
      approverId: actor.caller.id,
      approverName: actor.caller.name,
      approvedAt: actor.now,
    };
  });
}

/** Puts a plan aside that was not applied. @throws DomainError PLAN_ENDED; Refusal 404, 409 */
export function discard(service: Pairing, actor: Actor, planId: string, version: number): Promise<PairingPlan> {
  return decide(service, actor, discardPlan, planId, version, (plan) => {
    demand(['draft', 'approved', 'failed'].includes(plan.state), 'PLAN_ENDED');
    return { state: 'discarded' };
  });
}

function decide(
  service: Pairing,
  actor: Actor,
  operation: Pick<Operation, 'id' | 'status' | 'audit'>,
  planId: string,
  version: number,
  rule: (plan: PlanRecord) => Parameters<Tx['pairingPlan']['update']>[0]['data'],
): Promise<PairingPlan> {
  const { caller } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, { planId, version }, async (tx, sql) => {
    const before = await getPlan(sql, planId, caller, true);
    if (before.version !== version) throw conflict(shownPlan(before, caller));
    const data = rule(before);
    await tx.pairingPlan.update({ where: { id: planId }, data: { ...data, version: { increment: 1 } } });
    const after = await getPlan(sql, planId, caller);
    return {
      answer: shownPlan(after, caller),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'plan',
          recordId: planId,
          change: { state: [before.state, after.state] },
        },
      ],
    };
  });
}
