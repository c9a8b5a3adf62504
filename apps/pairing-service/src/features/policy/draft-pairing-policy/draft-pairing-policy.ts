import type { BodyOf } from '@bangfu/contracts/core/operation';
import { draftPairingPolicy as operation } from '@bangfu/contracts/pairing/policy';
import { demandPolicyDay } from '@bangfu/domain/pairing/policy-steps';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { demandContent, getVersion, ranksInUse, shownVersion } from '../version.repository.ts';

/**
 * Drafts a version of the county's policy; it holds only when another person puts it in force.
 * @throws DomainError RANK_TWICE, POLICY_NO_QUOTA, RANK_IN_USE, DAY_TOO_EARLY, DAY_TOO_LATE, DAY_UNUSUAL
 */
export function draftPairingPolicy(service: Pairing, actor: Actor, body: BodyOf<typeof operation>) {
  const { caller, now } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    demandPolicyDay(body.validFrom as BusinessDay, businessDayOf(now), body.sureOfDays);
    demandContent(body.content, await ranksInUse(sql, caller.countyCode));
    const id = service.newId(now);
    await tx.pairingPolicy.create({
      data: {
        id,
        countyCode: caller.countyCode,
        validFrom: new Date(body.validFrom),
        document: body.document,
        content: body.content,
        state: 'draft',
        accountId: caller.id,
        accountName: caller.name,
        writerIds: [caller.id],
      },
    });
    const answer = shownVersion(await getVersion(sql, id, caller));
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'policy', recordId: id, change: { after: answer } }],
    };
  });
}
