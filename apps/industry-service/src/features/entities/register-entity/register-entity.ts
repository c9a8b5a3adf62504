import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Entity, registerEntity as operation } from '@bangfu/contracts/industry/entities';
import { readCreditCode } from '@bangfu/domain/shared/credit-code';
import { demand } from '@bangfu/domain/shared/errors';
import { normaliseName } from '@bangfu/domain/shared/normalise';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import type { Industry } from '../../../db/client.ts';
import { demandVillages } from '../entity.repository.ts';
import { getEntity } from '../list-entities/list-entities.query.ts';

/** Registers an entity. @throws DomainError CREDIT_CODE_INVALID, ENTITY_KNOWN, ENTITY_VILLAGE_UNKNOWN, ENTITY_SEAT_OUTSIDE */
export function registerEntity(service: Industry, actor: Actor, body: BodyOf<typeof operation>): Promise<Entity> {
  const id = service.newId(actor.now);
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    await demandVillages(sql, actor.caller, body);
    const creditCode = readCreditCode(body.creditCode);
    demand(creditCode !== null, 'CREDIT_CODE_INVALID', { code: body.creditCode });
    const villageCodes = [...new Set(body.villageCodes)];
    const namesake = await findNamesake(sql, 'entity', actor.caller.countyCode, body.name);
    demand(namesake === null, 'ENTITY_NAMESAKE', { name: namesake ?? '' });
    const { count } = await tx.entity.createMany({
      data: {
        ...body,
        name: normaliseName(body.name),
        creditCode,
        villageCodes,
        id,
        countyCode: actor.caller.countyCode,
      },
      skipDuplicates: true,
    });
    demand(count === 1, 'ENTITY_KNOWN', { code: creditCode });
    return {
      answer: await getEntity(sql, actor.caller, id, actor.now),
      audit: [{ action: operation.audit ?? '', recordType: 'entity', recordId: id, change: { after: body } }],
    };
  });
}
