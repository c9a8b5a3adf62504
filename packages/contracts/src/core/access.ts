import { isWithin, type RegionCode } from '@bangfu/domain/shared/region';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Access } from './operation.ts';

/** Whether one of a person's grants that is in force opens what `access` guards. @param now in milliseconds */
export function opensTo(access: Access, grants: readonly Grant[], now: number): boolean {
  if (typeof access === 'string') return access !== 'gateway';
  return grants.some(({ role, until }) => access.includes(role) && (until === undefined || Date.parse(until) > now));
}

/** Whether one of those grants is of a division that `region` lies in: another grant of his opens nothing there. */
export function opensAt(access: Access, grants: readonly Grant[], region: string, now: number): boolean {
  const there = grants.filter(({ scope }) => scope.kind === 'region' && isWithin(region, scope.code as RegionCode));
  return opensTo(access, there, now);
}
