import { createCadre as operation } from '@bangfu/contracts/pairing/cadres';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { type CadreContent, cadreColumns, demandCadre } from '../cadre.repository.ts';
import { sealedPhone } from '../sealed-phone.ts';
import { getKeptUnit } from '../unit.repository.ts';

/** Adds a cadre to a unit. @throws DomainError RANK_UNKNOWN, PHONE_TAKEN, USERNAME_TAKEN; Refusal 404 */
export function createCadre(service: Pairing, actor: Actor, body: CadreContent) {
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    await getKeptUnit(tx, body.unitId, actor.caller);
    await demandCadre(service, tx, sql, actor, body, null);
    const id = service.newId(actor.now);
    const after = cadreColumns(body);
    await tx.cadre.create({
      data: { ...after, ...sealedPhone(service.cipher, id, body.phone), id, countyCode: actor.caller.countyCode },
    });
    return {
      answer: { id },
      audit: [{ action: operation.audit ?? '', recordType: 'cadre', recordId: id, change: { after } }],
    };
  });
}
