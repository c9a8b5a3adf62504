import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeCadre as operation } from '@bangfu/contracts/pairing/cadres';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import type { Pairing } from '../../../db/client.ts';
import { lockHelpers } from '../../pairings/pairing.repository.ts';
import { cadreColumns, demandCadre } from '../cadre.repository.ts';
import { sealedPhone } from '../sealed-phone.ts';
import { getKeptUnit } from '../unit.repository.ts';

/**
 * Changes a cadre, also to another unit. One who answers for households, now or from a day to come, cannot be put out
 * of service: they are handed over first (domain §7, a household is never without a helper).
 * @throws DomainError as `createCadre`, CADRE_STILL_HELPS; Refusal 404, 409
 */
export function changeCadre(service: Pairing, actor: Actor, cadreId: string, body: BodyOf<typeof operation>) {
  const { caller } = actor;
  const input = { cadreId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    // Locked as a pairing locks him, so that he is not given a household while he is put out of service.
    const helper = (await lockHelpers(sql, [cadreId])).get(cadreId);
    const before = await tx.cadre.findFirst({ where: { id: cadreId, countyCode: caller.countyCode } });
    if (!helper || !before) throw notFound();
    await getKeptUnit(tx, before.unitId, caller);
    if (body.unitId !== before.unitId) await getKeptUnit(tx, body.unitId, caller);
    await demandCadre(service, tx, sql, actor, { ...body, phone: body.phone ?? null }, cadreId);
    const today = businessDayOf(actor.now);
    const households = helper.stints.filter(({ until }) => until === undefined || until > today).length;
    demand(body.active || households === 0, 'CADRE_STILL_HELPS', { households });
    const after = { ...cadreColumns(body), active: body.active };
    const { count } = await tx.cadre.updateMany({
      where: { id: cadreId, version: body.version },
      data: {
        ...after,
        ...(body.phone === undefined ? {} : sealedPhone(service.cipher, cadreId, body.phone)),
        version: { increment: 1 },
      },
    });
    const old = { ...cadreColumns({ ...before, ownQuota: before.quota }), active: before.active };
    if (count === 0) throw conflict({ ...old, version: before.version });
    const change = { before: old, after: { ...after, ...(body.phone === undefined ? {} : { phoneChanged: true }) } };
    return {
      answer: { version: body.version + 1 },
      audit: [{ action: operation.audit ?? '', recordType: 'cadre', recordId: cadreId, change }],
    };
  });
}
