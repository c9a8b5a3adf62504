import { discardPlan as operation, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { discardPlan as mayDiscard } from '@bangfu/domain/pairing/plan-steps';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { decide } from '../decide.ts';

/** Puts a plan aside that was not applied. @throws DomainError PLAN_ENDED; Refusal 404, 409 */
export function discardPlan(service: Pairing, actor: Actor, planId: string, version: number): Promise<PairingPlan> {
  return decide(service, actor, operation, planId, version, (plan) => {
    mayDiscard(plan);
    return { state: 'discarded' };
  });
}
