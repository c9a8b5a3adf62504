import { call, type Connection } from '@bangfu/contracts/core/client';
import { PAIRING, PAIRING_POLICIES, type PolicyContent } from '@bangfu/contracts/pairing/policies';
import { grant, type TestService } from '@bangfu/platform/testing/test-service';

const { getPolicy, draftPolicy, approvePolicy } = PAIRING_POLICIES;

/** The policy of pairing in force today. */
export async function contentNow(as: Connection): Promise<PolicyContent> {
  return PAIRING.schema.parse((await call(as, getPolicy, { params: { policy: PAIRING.key } })).value);
}

/** Sets a policy as a county does: one person drafts it, another approves it. */
export async function setPolicy(
  world: TestService,
  { content: value, ...body }: { validFrom: string; document: string; content: PolicyContent },
) {
  const drafted = await call(world.as('drafter', grant('county-office')), draftPolicy, {
    body: { policy: PAIRING.key, ...body, value },
  });
  const leader = world.as('enforcer', grant('county-leader'));
  return call(leader, approvePolicy, { params: { policyId: drafted.id }, body: { version: drafted.version } });
}
