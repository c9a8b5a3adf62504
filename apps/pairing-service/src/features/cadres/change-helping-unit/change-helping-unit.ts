import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeHelpingUnit as operation } from '@bangfu/contracts/pairing/cadres';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Pairing } from '../../../db/client.ts';
import { demandUnit, getKeptUnit } from '../unit.repository.ts';

/** Changes a unit. @throws as `createHelpingUnit`; Refusal 409 when it was changed meanwhile */
export function changeHelpingUnit(service: Pairing, actor: Actor, unitId: string, body: BodyOf<typeof operation>) {
  const input = { unitId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getKeptUnit(tx, unitId, actor.caller);
    const { version, ...content } = body;
    await demandUnit(tx, sql, actor.caller, content, unitId);
    const { count } = await tx.unit.updateMany({
      where: { id: unitId, version },
      data: { ...content, version: { increment: 1 } },
    });
    const { name, seatCode, villageCodes } = before;
    if (count === 0) throw conflict({ name, seatCode, villageCodes, version: before.version });
    const change = { before: { name, seatCode, villageCodes }, after: content };
    return {
      answer: { version: version + 1 },
      audit: [{ action: operation.audit ?? '', recordType: 'unit', recordId: unitId, change }],
    };
  });
}
