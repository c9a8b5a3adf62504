import type { PairingPolicyVersion } from '@bangfu/contracts/pairing/policy';
import { enforcePairingPolicy as operation } from '@bangfu/contracts/pairing/policy';
import { enforcePolicy } from '@bangfu/domain/pairing/policy-steps';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { decide } from '../decide.ts';
import { demandContent, ranksInUse } from '../version.repository.ts';

/**
 * Puts a draft in force that others wrote. A version of the same day is replaced and kept.
 * @throws DomainError POLICY_NOT_DRAFT, POLICY_OWN, DAY_TOO_LATE, those of the ranks; Refusal 404, 409
 */
export function enforcePairingPolicy(
  service: Pairing,
  actor: Actor,
  policyId: string,
  version: number,
): Promise<PairingPolicyVersion> {
  const { caller, now } = actor;
  return decide(service, actor, operation, { policyId, version }, async (policy, by, tx, sql) => {
    enforcePolicy(policy, by);
    demandContent(policy.content, await ranksInUse(sql, caller.countyCode));
    const sameDay = { countyCode: caller.countyCode, validFrom: new Date(policy.validFrom), state: 'in-force' };
    const replaced = await tx.pairingPolicy.findFirst({ where: sameDay });
    if (replaced) {
      await tx.pairingPolicy.update({
        where: { id: replaced.id },
        data: { state: 'superseded', closerName: caller.name, version: { increment: 1 } },
      });
    }
    return {
      state: 'in-force',
      enforcerId: caller.id,
      enforcerName: caller.name,
      enforcedAt: now,
      supersedes: replaced?.id ?? null,
    };
  });
}
