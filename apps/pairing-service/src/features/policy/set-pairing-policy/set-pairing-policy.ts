import type { BodyOf } from '@bangfu/contracts/core/operation';
import { setPairingPolicy as operation } from '@bangfu/contracts/pairing/policy';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Pairing } from '../../../db/client.ts';
import { policyOn } from '../policy.repository.ts';

/**
 * Sets the county's policy from a day on; earlier versions stay.
 * @throws DomainError RANK_TWICE, RANK_IN_USE, POLICY_DAY_TAKEN
 */
export function setPairingPolicy(service: Pairing, actor: Actor, body: BodyOf<typeof operation>) {
  const { caller, now } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    const ranks = body.content.ranks.map(({ rank }) => rank);
    demand(new Set(ranks).size === ranks.length, 'RANK_TWICE');
    const inUse = await tx.cadre.findFirst({
      where: { countyCode: caller.countyCode, active: true, rank: { notIn: ranks } },
    });
    demand(inUse === null, 'RANK_IN_USE', { rank: inUse?.rank ?? '', name: inUse?.name ?? '' });
    const key = { countyCode: caller.countyCode, validFrom: new Date(body.validFrom) };
    const taken = await tx.pairingPolicy.findUnique({ where: { countyCode_validFrom: key } });
    demand(taken === null, 'POLICY_DAY_TAKEN', { day: body.validFrom });
    const before = await policyOn(sql, caller.countyCode, businessDayOf(now));
    const id = service.newId(now);
    await tx.pairingPolicy.create({
      data: {
        ...key,
        id,
        document: body.document,
        content: body.content,
        accountId: caller.id,
        accountName: caller.name,
      },
    });
    return {
      answer: { validFrom: body.validFrom },
      audit: [{ action: operation.audit ?? '', recordType: 'policy', recordId: id, change: { before, after: body } }],
    };
  });
}
