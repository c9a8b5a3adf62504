import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeEntity as operation, type Entity } from '@bangfu/contracts/industry/entities';
import { requireClosable } from '@bangfu/domain/industry/entity';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { ACTS_FOR_ENTITY, scopeParams } from '../../../db/scope.ts';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import type { Industry } from '../../../db/client.ts';
import { demandVillages, findBusiness } from '../entity.repository.ts';
import { getEntity } from '../list-entities/list-entities.query.ts';

/**
 * Changes an entity; it cannot be closed while a contract runs or is drafted, or a dividend is owed.
 * @throws Refusal 409; DomainError ENTITY_VILLAGE_UNKNOWN, ENTITY_SEAT_OUTSIDE, ENTITY_HAS_…, ENTITY_OWES_YEARS
 */
export function changeEntity(
  service: Industry,
  actor: Actor,
  entityId: string,
  body: BodyOf<typeof operation>,
): Promise<Entity> {
  return runCommand(service.transaction, service.newId, operation, actor, { entityId, ...body }, async (tx, sql) => {
    const [mine] = await sql.query<{ id: string }>(
      `SELECT e.id::text AS id FROM entity e WHERE e.id = $3::uuid AND ${ACTS_FOR_ENTITY}`,
      [...scopeParams(actor.caller), entityId],
    );
    if (!mine) throw notFound();
    // Whatever is begun with the entity meanwhile waits, or is seen here.
    await sql.query('SELECT 1 FROM entity WHERE id = $1::uuid FOR UPDATE', [entityId]);
    const before = await getEntity(sql, actor.caller, entityId, actor.now);
    const { version, ...given } = body;
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    await demandVillages(sql, actor.caller, { ...before, ...change });
    if (given.state === 'closed') {
      requireClosable(await findBusiness(sql, entityId, actor.now));
    }
    if (given.name !== undefined) {
      const namesake = await findNamesake(sql, 'entity', actor.caller.countyCode, given.name, entityId);
      demand(namesake === null, 'ENTITY_NAMESAKE', { name: namesake ?? '' });
    }
    const { count } = await tx.entity.updateMany({
      where: { id: entityId, version },
      data: { ...change, version: { increment: 1 } },
    });
    if (count === 0) throw conflict(before);
    return {
      answer: await getEntity(sql, actor.caller, entityId, actor.now),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'entity',
          recordId: entityId,
          change: { before, after: change },
        },
      ],
    };
  });
}
