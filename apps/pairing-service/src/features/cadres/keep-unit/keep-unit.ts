import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeHelpingUnit, createHelpingUnit } from '@bangfu/contracts/pairing/cadres';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { conflict, notFound } from '@bangfu/service-kit/http/refusal';
import type { Pairing, Tx } from '../../../db/client.ts';
import { getKeptUnit, keepsSeat } from '../unit.repository.ts';

type Content = BodyOf<typeof createHelpingUnit>;

/** Adds a unit. @throws DomainError UNIT_EXISTS, VILLAGE_UNKNOWN; Refusal 404 outside the scope */
export function addUnit(service: Pairing, actor: Actor, body: Content) {
  return runCommand(service.transaction, service.newId, createHelpingUnit, actor, body, async (tx) => {
    await demandContent(tx, actor, body, null);
    const id = service.newId(actor.now);
    await tx.unit.create({ data: { ...body, id, countyCode: actor.caller.countyCode } });
    return {
      answer: { id },
      audit: [{ action: createHelpingUnit.audit ?? '', recordType: 'unit', recordId: id, change: { after: body } }],
    };
  });
}

/** Changes a unit. @throws as `addUnit`; Refusal 409 when it was changed meanwhile */
export function changeUnit(service: Pairing, actor: Actor, unitId: string, body: BodyOf<typeof changeHelpingUnit>) {
  const input = { unitId, ...body };
  return runCommand(service.transaction, service.newId, changeHelpingUnit, actor, input, async (tx) => {
    const before = await getKeptUnit(tx, unitId, actor.caller);
    const { version, ...content } = body;
    await demandContent(tx, actor, content, unitId);
    const { count } = await tx.unit.updateMany({
      where: { id: unitId, version },
      data: { ...content, version: { increment: 1 } },
    });
    const { name, seatCode, villageCodes } = before;
    if (count === 0) throw conflict({ name, seatCode, villageCodes, version: before.version });
    const change = { before: { name, seatCode, villageCodes }, after: content };
    return {
      answer: { version: version + 1 },
      audit: [{ action: changeHelpingUnit.audit ?? '', recordType: 'unit', recordId: unitId, change }],
    };
  });
}

async function demandContent(tx: Tx, { caller }: Actor, content: Content, self: string | null): Promise<void> {
  if (!keepsSeat(caller, content.seatCode)) throw notFound();
  const same = await tx.unit.findFirst({
    where: { countyCode: caller.countyCode, name: content.name, ...(self ? { id: { not: self } } : {}) },
  });
  demand(same === null, 'UNIT_EXISTS', { name: content.name });
  const known = await tx.regionCopy.findMany({ where: { code: { in: content.villageCodes }, level: 'village' } });
  const unknown = content.villageCodes.find((code) => !known.some((region) => region.code === code));
  demand(unknown === undefined, 'VILLAGE_UNKNOWN', { village: unknown ?? '' });
}
