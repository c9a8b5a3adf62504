import { call } from '@bangfu/contracts/core/client';
import {
  draftPairingPolicy,
  enforcePairingPolicy,
  type PairingPolicyVersion,
  type PolicyContent,
} from '@bangfu/contracts/pairing/policy';
import { grant, type TestService } from '@bangfu/platform/testing/test-service';

/** Sets a policy as a county does: one person drafts it, another puts it in force. */
export async function setPolicy(
  world: TestService,
  body: { validFrom: string; document: string; content: PolicyContent },
): Promise<PairingPolicyVersion> {
  const { id, version } = await call(world.as('drafter', grant('county-office')), draftPairingPolicy, { body });
  const leader = world.as('enforcer', grant('county-leader'));
  return call(leader, enforcePairingPolicy, { params: { policyId: id }, body: { version } });
}
