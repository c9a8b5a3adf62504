import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changePairingPolicy as operation } from '@bangfu/contracts/pairing/policy';
import { changePolicy, demandPolicyDay } from '@bangfu/domain/pairing/policy-steps';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { decide } from '../decide.ts';
import { demandContent, ranksInUse } from '../version.repository.ts';

/** Changes a draft. @throws DomainError POLICY_NOT_DRAFT and as `draftPairingPolicy`; Refusal 404, 409 */
export function changePairingPolicy(service: Pairing, actor: Actor, policyId: string, body: BodyOf<typeof operation>) {
  const { caller } = actor;
  return decide(service, actor, operation, { policyId, ...body }, async (policy, { today }, _tx, sql) => {
    changePolicy(policy);
    demandPolicyDay(body.validFrom as BusinessDay, today, body.sureOfDays);
    demandContent(body.content, await ranksInUse(sql, caller.countyCode));
    return {
      validFrom: new Date(body.validFrom),
      document: body.document,
      content: body.content,
      accountId: caller.id,
      accountName: caller.name,
      writerIds: [...new Set([...policy.writerIds, caller.id])],
    };
  });
}
