import * as contract from '@bangfu/contracts/pairing/cadres';
import { command } from '../../../operations.ts';
import { cadreColumns, cadreLogged, demandCadre } from '../cadre.repository.ts';
import { sealedPhone } from '../sealed-phone.ts';
import { getKeptUnit } from '../unit.repository.ts';

/** Adds a cadre to a unit. @throws DomainError RANK_UNKNOWN, PHONE_TAKEN, USERNAME_TAKEN; Refusal 404 */
export const createCadre = command(contract.createCadre, async (call) => {
  const { body, tx, caller, kit, audit } = call;
  await getKeptUnit(tx.sql, body.unitId, caller);
  await demandCadre(call, body, null);
  const id = call.newId();
  await tx.sql
    .insertInto('cadre')
    .values({ ...cadreColumns(body), ...sealedPhone(kit.cipher, id, body.phone), id, county_code: caller.countyCode })
    .execute();
  audit.change('cadre', id, null, cadreLogged(body));
  return { id };
});
