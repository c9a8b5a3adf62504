import type { Grant } from '@bangfu/domain/shared/roles';
import type { Access } from './operation.ts';

/** Whether one of a person's grants that is in force opens what `access` guards. @param now in milliseconds */
export function opensTo(access: Access, grants: readonly Grant[], now: number): boolean {
  if (typeof access === 'string') return true;
  return grants.some(({ role, until }) => access.includes(role) && (until === undefined || Date.parse(until) > now));
}
