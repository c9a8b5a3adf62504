import { approvePlan as operation, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { approvePlan as mayApprove } from '@bangfu/domain/pairing/plan-steps';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { decide } from '../decide.ts';

/**
 * Approves a draft that someone else made (roles, separation of duties).
 * @throws DomainError PLAN_NOT_DRAFT, PLAN_OWN; Refusal 404, 409
 */
export function approvePlan(service: Pairing, actor: Actor, planId: string, version: number): Promise<PairingPlan> {
  return decide(service, actor, operation, planId, version, (plan) => {
    mayApprove(plan, actor.caller.id);
    return {
      state: 'approved',
      approverId: actor.caller.id,
      approverName: actor.caller.name,
      approvedAt: actor.now,
    };
  });
}
