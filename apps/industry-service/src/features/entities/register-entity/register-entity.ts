import * as contract from '@bangfu/contracts/industry/entities';
import { readCreditCode } from '@bangfu/domain/shared/credit-code';
import { demand } from '@bangfu/domain/shared/errors';
import { normaliseName } from '@bangfu/domain/shared/normalise';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import { command } from '../../../operations.ts';
import { demandVillages, getStoredEntity } from '../entity.repository.ts';

/** Registers an entity. @throws DomainError CREDIT_CODE_INVALID, ENTITY_KNOWN, ENTITY_VILLAGE_UNKNOWN, ENTITY_SEAT_OUTSIDE */
export const registerEntity = command(contract.registerEntity, async ({ body, tx, caller, now, newId, audit }) => {
  await demandVillages(tx.sql, caller, body);
  const creditCode = readCreditCode(body.creditCode);
  demand(creditCode !== null, 'CREDIT_CODE_INVALID', { code: body.creditCode });
  const namesake = await findNamesake(tx, 'entity', caller.countyCode, body.name);
  demand(namesake === null, 'ENTITY_NAMESAKE', { name: namesake ?? '' });
  const id = newId();
  const { numInsertedOrUpdatedRows } = await tx.sql
    .insertInto('entity')
    .values({
      id,
      county_code: caller.countyCode,
      name: normaliseName(body.name),
      credit_code: creditCode,
      kind: body.kind,
      representative_role: body.representativeRole,
      seat_code: body.seatCode,
      village_codes: [...new Set(body.villageCodes)],
    })
    .onConflict((known) => known.doNothing())
    .executeTakeFirst();
  demand(numInsertedOrUpdatedRows === 1n, 'ENTITY_KNOWN', { code: creditCode });
  audit.change('entity', id, null, body);
  return getStoredEntity(tx.sql, caller, id, now);
});
