import type { BodyOf } from '@bangfu/contracts/core/operation';
import { withdrawPairingPolicy as operation } from '@bangfu/contracts/pairing/policy';
import { withdrawPolicy } from '@bangfu/domain/pairing/policy-steps';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { decide } from '../decide.ts';

/**
 * Takes back a version before its day, by another person than put it in force.
 * @throws DomainError POLICY_NOT_IN_FORCE, POLICY_BEGUN, POLICY_ENFORCER_WITHDRAWS; Refusal 404, 409
 */
export function withdrawPairingPolicy(
  service: Pairing,
  actor: Actor,
  policyId: string,
  body: BodyOf<typeof operation>,
) {
  return decide(service, actor, operation, { policyId, ...body }, async (policy, by) => {
    withdrawPolicy(policy, by);
    return { state: 'withdrawn', closerName: actor.caller.name, closeReason: body.reason };
  });
}
