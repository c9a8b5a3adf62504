import type { PairingPolicyVersion } from '@bangfu/contracts/pairing/policy';
import { discardPairingPolicy as operation } from '@bangfu/contracts/pairing/policy';
import { changePolicy } from '@bangfu/domain/pairing/policy-steps';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { decide } from '../decide.ts';

/** Discards a draft. @throws DomainError POLICY_NOT_DRAFT; Refusal 404, 409 */
export function discardPairingPolicy(
  service: Pairing,
  actor: Actor,
  policyId: string,
  version: number,
): Promise<PairingPolicyVersion> {
  return decide(service, actor, operation, { policyId, version }, async (policy) => {
    changePolicy(policy);
    return { state: 'discarded', closerName: actor.caller.name };
  });
}
