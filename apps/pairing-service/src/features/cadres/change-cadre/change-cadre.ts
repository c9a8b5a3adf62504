import * as contract from '@bangfu/contracts/pairing/cadres';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { lockHelpers } from '../../pairings/pairing.repository.ts';
import { cadreColumns, cadreLogged, cadresOf, demandCadre } from '../cadre.repository.ts';
import { sealedPhone } from '../sealed-phone.ts';
import { getKeptUnit } from '../unit.repository.ts';

/**
 * Changes a cadre, also to another unit. One who answers for households, now or from a day to come, cannot be put out
 * of service: they are handed over first (domain §7, a household is never without a helper).
 * @throws DomainError as `createCadre`, CADRE_STILL_HELPS; Refusal 404, 409
 */
export const changeCadre = command(contract.changeCadre, async (call) => {
  const { body, tx, caller, now, kit, audit } = call;
  const { cadreId } = call.params;
  const { phone, active, version } = body;
  // Locked as a pairing locks him, so that he is not given a household while he is put out of service.
  const helper = (await lockHelpers(tx.sql, [cadreId])).get(cadreId);
  const before = await cadresOf(tx.sql, caller.countyCode).where('c.id', '=', cadreId).executeTakeFirst();
  if (!helper || !before) throw notFound();
  await getKeptUnit(tx.sql, before.unitId, caller);
  if (body.unitId !== before.unitId) await getKeptUnit(tx.sql, body.unitId, caller);
  await demandCadre(call, { ...body, phone: phone ?? null }, cadreId);
  const today = businessDayOf(now);
  const households = helper.stints.filter(({ until }) => until === undefined || until > today).length;
  demand(active || households === 0, 'CADRE_STILL_HELPS', { households });
  const { numUpdatedRows } = await tx.sql
    .updateTable('cadre')
    .set({ ...cadreColumns(body), active, version: version + 1 })
    .set(phone === undefined ? {} : sealedPhone(kit.cipher, cadreId, phone))
    .where('id', '=', cadreId)
    .where('version', '=', version)
    .executeTakeFirst();
  const old = { ...cadreLogged({ ...before, ownQuota: before.quota }), active: before.active };
  if (numUpdatedRows === 0n) throw conflict({ ...old, version: before.version });
  const after = { ...cadreLogged(body), active, ...(phone === undefined ? {} : { phoneChanged: true }) };
  audit.change('cadre', cadreId, old, after);
  return { version: version + 1 };
});
