import { discardPlan as operation, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { demand } from '@bangfu/domain/shared/errors';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Pairing } from '../../../db/client.ts';
import { decide } from '../decide.ts';

/** Puts a plan aside that was not applied. @throws DomainError PLAN_ENDED; Refusal 404, 409 */
export function discardPlan(service: Pairing, actor: Actor, planId: string, version: number): Promise<PairingPlan> {
  return decide(service, actor, operation, planId, version, (plan) => {
    demand(['draft', 'approved', 'failed'].includes(plan.state), 'PLAN_ENDED');
    return { state: 'discarded' };
  });
}
