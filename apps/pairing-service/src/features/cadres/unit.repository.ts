import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { createHelpingUnit } from '@bangfu/contracts/pairing/cadres';
import { demand } from '@bangfu/domain/shared/errors';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import type { Tables } from '../../operations.ts';

type UnitContent = BodyOf<typeof createHelpingUnit>;

/** Whether the caller keeps units administered at a place. */
export function keepsSeat(caller: Caller, seatCode: string): boolean {
  return regionPrefixes(caller).some((prefix) => seatCode.startsWith(prefix));
}

/** Whether the caller keeps the cadres of a unit: one administered within their region, or their own. */
export function keepsUnit(caller: Caller, unit: { readonly id: string; readonly seatCode: string }): boolean {
  return keepsSeat(caller, unit.seatCode) || scopeIds(caller, 'unit').includes(unit.id);
}

/** The units of a county as commands see them. */
export const unitsOf = (read: ReadSql<Tables>, countyCode: string) =>
  read
    .selectFrom('unit as u')
    .where('u.county_code', '=', countyCode)
    .select(['u.id', 'u.name', 'u.seat_code as seatCode', 'u.village_codes as villageCodes', 'u.version']);
export type Unit = Awaited<ReturnType<ReturnType<typeof unitsOf>['execute']>>[number];

/** The columns of a unit. */
export const unitColumns = ({ name, seatCode, villageCodes }: UnitContent) => ({
  name,
  seat_code: seatCode,
  village_codes: villageCodes,
});

/** A unit whose cadres the caller keeps: administered within his region, or his own. @throws Refusal 404 */
export async function getKeptUnit(read: ReadSql<Tables>, id: string, caller: Caller): Promise<Unit> {
  const unit = await unitsOf(read, caller.countyCode).where('u.id', '=', id).executeTakeFirst();
  if (!unit || !keepsUnit(caller, unit)) throw notFound();
  return unit;
}

/**
 * Demands what holds for a new unit as for a changed one, which is `self`.
 * @throws DomainError UNIT_EXISTS, VILLAGE_UNKNOWN; Refusal 404 outside the scope
 */
export async function demandUnit(
  tx: Transaction<Tables>,
  caller: Caller,
  { name, seatCode, villageCodes }: UnitContent,
  self: string | null,
): Promise<void> {
  if (!keepsSeat(caller, seatCode)) throw notFound();
  const same = await findNamesake(tx, 'unit', caller.countyCode, name, self);
  demand(same === null, 'UNIT_EXISTS', { name: same ?? '' });
  const known = await tx.sql
    .selectFrom('region_copy as r')
    .where('r.code', 'in', villageCodes)
    .where('r.level', '=', 'village')
    .select('r.code')
    .execute();
  const unknown = villageCodes.find((village) => !known.some(({ code }) => code === village));
  demand(unknown === undefined, 'VILLAGE_UNKNOWN', { village: unknown ?? '' });
}
