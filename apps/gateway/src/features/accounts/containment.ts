import { demand } from '@bangfu/domain/shared/errors';
import { isWithin, type RegionCode } from '@bangfu/domain/shared/region';
import type { Grant, Role, Scope } from '@bangfu/domain/shared/roles';
import { Refusal } from '@bangfu/service-kit/http/refusal';

/** The kinds of scope each role can be held in (roles). */
const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope['kind'][]>> = {
  'system-administrator': ['platform', 'region'],
  'county-office': ['region'],
  'county-leader': ['region'],
  department: ['region'],
  'township-officer': ['region'],
  'township-leader': ['region'],
  'village-officer': ['region'],
  helper: ['helper'],
  'unit-manager': ['unit'],
  entity: ['entity'],
  'training-provider': ['provider'],
  finance: ['region'],
  auditor: ['region'],
  evaluator: ['evaluation'],
  household: ['household'],
};

/** Whether a scope lies in another one. A platform's administrator contains all of its county. */
export function contains(own: Scope, scope: Scope, county: string): boolean {
  const isWhole = own.kind === 'platform';
  // Where a unit, an entity or a household lies only its service knows: whoever holds the whole county may name it.
  const isCounty = isWhole || (own.kind === 'region' && own.code === county);
  const holdsRegion = (code: string) =>
    isWhole
      ? isWithin(code, county as RegionCode)
      : own.kind === 'region' && isWithin(code, own.code as RegionCode) && isWithin(code, county as RegionCode);
  if (scope.kind === 'platform') return isWhole;
  if (scope.kind === 'region') return holdsRegion(scope.code);
  if (scope.kind === 'evaluation') return scope.regions.length > 0 && scope.regions.every(holdsRegion);
  return isCounty;
}

/** Refuses a grant that makes no sense by itself. @throws DomainError */
export function checkGrant(grant: Grant, now: Date): void {
  demand(SCOPES_OF_ROLE[grant.role].includes(grant.scope.kind), 'GRANT_SCOPE_UNFIT');
  demand(grant.role !== 'evaluator' || grant.until, 'GRANT_NEEDS_UNTIL');
  demand(!grant.until || Date.parse(grant.until) > now.getTime(), 'GRANT_ALREADY_OVER');
}

/** Refuses a grant beyond what the giver's own grants contain. @throws Refusal 403 */
export function checkContained(own: readonly Grant[], grant: Grant, county: string): void {
  if (!own.some((each) => contains(each.scope, grant.scope, county))) throw new Refusal(403, 'GRANT_BEYOND_OWN');
}
