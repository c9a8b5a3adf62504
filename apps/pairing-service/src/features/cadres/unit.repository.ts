import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { createHelpingUnit } from '@bangfu/contracts/pairing/cadres';
import { demand } from '@bangfu/domain/shared/errors';
import type { Sql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import type { Tx } from '../../db/client.ts';
import type { Unit } from '../../generated/prisma/client.ts';

export type UnitContent = BodyOf<typeof createHelpingUnit>;

/** Whether the caller keeps units administered at a place. */
export function keepsSeat(caller: Caller, seatCode: string): boolean {
  return regionPrefixes(caller).some((prefix) => seatCode.startsWith(prefix));
}

/** Whether the caller keeps the cadres of a unit: one administered within their region, or their own. */
export function keepsUnit(caller: Caller, unit: { readonly id: string; readonly seatCode: string }): boolean {
  return keepsSeat(caller, unit.seatCode) || scopeIds(caller, 'unit').includes(unit.id);
}

/** A unit whose cadres the caller keeps: administered within his region, or his own. @throws Refusal 404 */
export async function getKeptUnit(tx: Pick<Tx, 'unit'>, id: string, caller: Caller): Promise<Unit> {
  const unit = await tx.unit.findFirst({ where: { id, countyCode: caller.countyCode } });
  if (!unit || !keepsUnit(caller, unit)) throw notFound();
  return unit;
}

/**
 * Demands what holds for a new unit as for a changed one, which is `self`.
 * @throws DomainError UNIT_EXISTS, VILLAGE_UNKNOWN; Refusal 404 outside the scope
 */
export async function demandUnit(
  tx: Tx,
  sql: Sql,
  caller: Caller,
  content: UnitContent,
  self: string | null,
): Promise<void> {
  if (!keepsSeat(caller, content.seatCode)) throw notFound();
  const same = await findNamesake(sql, 'unit', caller.countyCode, content.name, self);
  demand(same === null, 'UNIT_EXISTS', { name: same ?? '' });
  const known = await tx.regionCopy.findMany({ where: { code: { in: content.villageCodes }, level: 'village' } });
  const unknown = content.villageCodes.find((code) => !known.some((region) => region.code === code));
  demand(unknown === undefined, 'VILLAGE_UNKNOWN', { village: unknown ?? '' });
}
