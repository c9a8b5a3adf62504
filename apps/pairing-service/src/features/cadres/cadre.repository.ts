import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { createCadre } from '@bangfu/contracts/pairing/cadres';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing, Tx } from '../../db/client.ts';
import { policyOn, rankOf } from '../policy/policy.repository.ts';

export type CadreContent = BodyOf<typeof createCadre>;

/** The columns of a cadre that stand in the audit as they are; the telephone does not. */
export function cadreColumns(content: Omit<CadreContent, 'phone'>) {
  const { unitId, name, rank, ownQuota, homeVillage, relativeNumbers, username } = content;
  return { unitId, name, rank, quota: ownQuota, homeVillage, relativeNumbers, username };
}

/**
 * Demands what holds for a new cadre as for a changed one, who is `self`.
 * @throws DomainError RANK_UNKNOWN, PHONE_TAKEN, USERNAME_TAKEN
 */
export async function demandCadre(
  service: Pairing,
  tx: Tx,
  sql: Sql,
  { caller, now }: Actor,
  content: CadreContent,
  self: string | null,
): Promise<void> {
  const { content: policy } = await policyOn(sql, caller.countyCode, businessDayOf(now));
  demand(rankOf(policy, content.rank), 'RANK_UNKNOWN', { rank: content.rank });
  const others = { countyCode: caller.countyCode, ...(self ? { id: { not: self } } : {}) };
  const phoneIndex = content.phone === null ? null : Uint8Array.from(service.cipher.index('phone', content.phone));
  const samePhone = phoneIndex && (await tx.cadre.findFirst({ where: { ...others, phoneIndex } }));
  demand(!samePhone, 'PHONE_TAKEN', { name: samePhone?.name ?? '' });
  const sameUser = content.username && (await tx.cadre.findFirst({ where: { ...others, username: content.username } }));
  demand(!sameUser, 'USERNAME_TAKEN', { username: content.username ?? '' });
}
