import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeCadre, createCadre } from '@bangfu/contracts/pairing/cadres';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { conflict, notFound } from '@bangfu/service-kit/http/refusal';
import type { Pairing, Tx } from '../../../db/client.ts';
import { policyOn, rankOf } from '../../policy/policy.repository.ts';
import { sealedPhone } from '../sealed-phone.ts';
import { getKeptUnit } from '../unit.repository.ts';

type Content = BodyOf<typeof createCadre>;

/** Adds a cadre to a unit. @throws DomainError RANK_UNKNOWN, PHONE_TAKEN, USERNAME_TAKEN; Refusal 404 */
export function addCadre(service: Pairing, actor: Actor, body: Content) {
  return runCommand(service.transaction, service.newId, createCadre, actor, body, async (tx, sql) => {
    await getKeptUnit(tx, body.unitId, actor.caller);
    await demandContent(service, tx, sql, actor, body, null);
    const id = service.newId(actor.now);
    await tx.cadre.create({
      data: { ...columns(body), ...sealedPhone(service.cipher, body.phone), id, countyCode: actor.caller.countyCode },
    });
    return {
      answer: { id },
      audit: [{ action: createCadre.audit ?? '', recordType: 'cadre', recordId: id, change: { after: columns(body) } }],
    };
  });
}

/**
 * Changes a cadre, also to another unit. One who still answers for households cannot be put out of service: they are
 * handed over first (domain §7, a household never stands without a helper).
 * @throws DomainError as `addCadre`, CADRE_STILL_HELPS; Refusal 404, 409
 */
export function changeOneCadre(service: Pairing, actor: Actor, cadreId: string, body: BodyOf<typeof changeCadre>) {
  const { caller } = actor;
  const input = { cadreId, ...body };
  return runCommand(service.transaction, service.newId, changeCadre, actor, input, async (tx, sql) => {
    const before = await tx.cadre.findFirst({ where: { id: cadreId, countyCode: caller.countyCode } });
    if (!before) throw notFound();
    await getKeptUnit(tx, before.unitId, caller);
    if (body.unitId !== before.unitId) await getKeptUnit(tx, body.unitId, caller);
    await demandContent(service, tx, sql, actor, { ...body, phone: body.phone ?? null }, cadreId);
    if (!body.active) {
      const households = await tx.pairingLink.count({ where: { cadreId, openFor: { not: null } } });
      demand(households === 0, 'CADRE_STILL_HELPS', { households });
    }
    const after = { ...columns(body), active: body.active };
    const { count } = await tx.cadre.updateMany({
      where: { id: cadreId, version: body.version },
      data: {
        ...after,
        ...(body.phone === undefined ? {} : sealedPhone(service.cipher, body.phone)),
        version: { increment: 1 },
      },
    });
    const old = { ...columns({ ...before, ownQuota: before.quota }), active: before.active };
    if (count === 0) throw conflict({ ...old, version: before.version });
    const change = { before: old, after, phoneChanged: body.phone !== undefined };
    return {
      answer: { version: body.version + 1 },
      audit: [{ action: changeCadre.audit ?? '', recordType: 'cadre', recordId: cadreId, change }],
    };
  });
}

function columns(content: Omit<Content, 'phone'>) {
  const { unitId, name, rank, ownQuota, homeVillage, relativeNumbers, username } = content;
  return { unitId, name, rank, quota: ownQuota, homeVillage, relativeNumbers, username };
}

async function demandContent(
  service: Pairing,
  tx: Tx,
  sql: Sql,
  { caller, now }: Actor,
  content: Content,
  self: string | null,
): Promise<void> {
  const { content: policy } = await policyOn(sql, caller.countyCode, businessDayOf(now));
  demand(rankOf(policy, content.rank), 'RANK_UNKNOWN', { rank: content.rank });
  const others = { countyCode: caller.countyCode, ...(self ? { id: { not: self } } : {}) };
  const { phoneIndex } = sealedPhone(service.cipher, content.phone);
  const samePhone = phoneIndex && (await tx.cadre.findFirst({ where: { ...others, phoneIndex } }));
  demand(!samePhone, 'PHONE_TAKEN', { name: samePhone?.name ?? '' });
  const sameUser = content.username && (await tx.cadre.findFirst({ where: { ...others, username: content.username } }));
  demand(!sameUser, 'USERNAME_TAKEN', { username: content.username ?? '' });
}
