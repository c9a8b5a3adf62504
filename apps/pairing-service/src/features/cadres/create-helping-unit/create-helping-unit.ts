import { createHelpingUnit as operation } from '@bangfu/contracts/pairing/cadres';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { demandUnit, type UnitContent } from '../unit.repository.ts';

/** Adds a unit. @throws DomainError UNIT_EXISTS, VILLAGE_UNKNOWN; Refusal 404 outside the scope */
export function createHelpingUnit(service: Pairing, actor: Actor, body: UnitContent) {
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    await demandUnit(tx, sql, actor.caller, body, null);
    const id = service.newId(actor.now);
    await tx.unit.create({ data: { ...body, id, countyCode: actor.caller.countyCode } });
    return {
      answer: { id },
      audit: [{ action: operation.audit ?? '', recordType: 'unit', recordId: id, change: { after: body } }],
    };
  });
}
