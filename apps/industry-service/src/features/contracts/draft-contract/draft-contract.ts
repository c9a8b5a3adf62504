import type { BodyOf } from '@bangfu/contracts/core/operation';
import { draftContract as operation, type ShareContract } from '@bangfu/contracts/industry/contracts';
import { requireOpenEntity } from '@bangfu/domain/industry/entity';
import { demandPeriod } from '@bangfu/domain/industry/contract';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { normaliseNumber } from '@bangfu/domain/shared/normalise';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { ACTS_FOR_ENTITY, scopeParams } from '../../../db/scope.ts';
import { getContract } from '../list-contracts/list-contracts.query.ts';
import type { Reader } from '@bangfu/platform/steps';

/** Drafts a share contract of an entity. @throws Refusal 404; DomainError ENTITY_CLOSED, CONTRACT_KNOWN, CONTRACT_PERIOD_INVALID, CONTRACT_TOO_… */
export function draftContract(
  service: Industry,
  actor: Actor & Reader,
  body: BodyOf<typeof operation>,
): Promise<ShareContract> {
  const id = service.newId(actor.now);
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    const [entity] = await sql.query<{ state: string; county: string }>(
      `SELECT e.state, e.county_code AS county FROM entity e WHERE e.id = $3::uuid AND ${ACTS_FOR_ENTITY} FOR SHARE OF e`,
      [...scopeParams(actor.caller), body.entityId],
    );
    if (!entity) throw notFound();
    requireOpenEntity({ entityClosed: entity.state === 'closed' });
    const { from, to, ...terms } = body;
    demandPeriod({ from: from as BusinessDay, to: to as BusinessDay });
    const number = normaliseNumber(body.number);
    const { count } = await tx.contract.createMany({
      data: {
        ...terms,
        number,
        id,
        countyCode: entity.county,
        periodFrom: new Date(from),
        periodTo: new Date(to),
        draftedById: actor.caller.id,
      },
      skipDuplicates: true,
    });
    demand(count === 1, 'CONTRACT_KNOWN', { number });
    return {
      answer: await getContract(sql, actor, id),
      audit: [{ action: operation.audit ?? '', recordType: 'contract', recordId: id, change: { after: body } }],
    };
  });
}
