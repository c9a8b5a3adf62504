import * as contract from '@bangfu/contracts/industry/entities';
import { requireClosable } from '@bangfu/domain/industry/entity';
import { demand } from '@bangfu/domain/shared/errors';
import { normaliseName } from '@bangfu/domain/shared/normalise';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import { actsForEntity } from '../../../db/scope.ts';
import { command } from '../../../operations.ts';
import { demandVillages, findBusiness, getStoredEntity } from '../entity.repository.ts';

/**
 * Changes an entity; it cannot be closed while a contract runs or is drafted, or a dividend is owed.
 * @throws Refusal 409; DomainError ENTITY_VILLAGE_UNKNOWN, ENTITY_SEAT_OUTSIDE, ENTITY_HAS_…, ENTITY_OWES_YEARS
 */
export const changeEntity = command(contract.changeEntity, async ({ params, body, tx, caller, now, audit }) => {
  const { entityId } = params;
  // Whatever is begun with the entity meanwhile waits, or is seen here.
  const mine = await tx.sql
    .selectFrom('entity as e')
    .where('e.id', '=', entityId)
    .where((eb) => actsForEntity(eb, caller))
    .select('e.id')
    .forUpdate()
    .executeTakeFirst();
  if (!mine) throw notFound();
  const before = await getStoredEntity(tx.sql, caller, entityId, now);
  const { version, ...given } = body;
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  await demandVillages(tx.sql, caller, { ...before, ...change });
  if (given.state === 'closed') requireClosable(await findBusiness(tx.sql, entityId, now));
  if (given.name !== undefined) {
    const namesake = await findNamesake(tx, 'entity', caller.countyCode, given.name, entityId);
    demand(namesake === null, 'ENTITY_NAMESAKE', { name: namesake ?? '' });
  }
  const { name, kind, state, representativeRole, seatCode, villageCodes } = given;
  const { numUpdatedRows } = await tx.sql
    .updateTable('entity')
    .set({ name: name && normaliseName(name), kind, state, version: version + 1 })
    .set({ representative_role: representativeRole, seat_code: seatCode })
    .set({ village_codes: villageCodes && [...new Set(villageCodes)] })
    .where('id', '=', entityId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw conflict(before);
  audit.change('entity', entityId, before, change);
  return getStoredEntity(tx.sql, caller, entityId, now);
});
