import { type Caller, regionPrefixes, scopeIds } from '@bangfu/service-kit/auth/caller';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Tx } from '../../db/client.ts';
import type { Unit } from '../../generated/prisma/client.ts';

/** Whether the caller keeps units administered at a place. */
export function keepsSeat(caller: Caller, seatCode: string): boolean {
  return regionPrefixes(caller).some((prefix) => seatCode.startsWith(prefix));
}

/** A unit whose cadres the caller keeps: administered within his region, or his own. @throws Refusal 404 */
export async function getKeptUnit(tx: Pick<Tx, 'unit'>, id: string, caller: Caller): Promise<Unit> {
  const unit = await tx.unit.findFirst({ where: { id, countyCode: caller.countyCode } });
  if (!unit || !(keepsSeat(caller, unit.seatCode) || scopeIds(caller, 'unit').includes(id))) throw notFound();
  return unit;
}
