import { demand, DomainError } from './errors.ts';
import { isWithin, levelOf, type RegionCode, type RegionLevel } from './region.ts';
import type { Grant, Role, Scope } from './roles.ts';

/** What can be done with a proposed grant. */
export const PROPOSED_GRANT_STEPS = ['confirm', 'withdraw'] as const;

/** The kinds of scope each role can be held in. */
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

const COUNTY: readonly RegionLevel[] = ['county'];

/** The levels at which a role that is held over a division works. */
export const LEVELS_OF_ROLE: Readonly<Partial<Record<Role, readonly RegionLevel[]>>> = {
  'system-administrator': ['county', 'township'],
  'county-office': COUNTY,
  'county-leader': COUNTY,
  department: COUNTY,
  'township-officer': ['township'],
  'township-leader': ['township'],
  'village-officer': ['village'],
  finance: COUNTY,
  auditor: COUNTY,
};

/** Roles that one administrator proposes and another one confirms (separation of duties). */
const NEEDS_SECOND: ReadonlySet<Role> = new Set([
  'county-leader',
  'finance',
  'auditor',
  'evaluator',
  'system-administrator',
]);

/** Nobody plans further ahead; what lasts longer is given again by whoever answers for it then. */
const MOST_YEARS = 10;

/** Whether a grant of a role holds only once a second administrator has confirmed it. */
export const needsSecond = (role: Role): boolean => NEEDS_SECOND.has(role);

/**
 * Demands that a grant makes sense by itself: role, scope, level and period fit.
 * @throws DomainError GRANT_SCOPE_UNFIT, GRANT_LEVEL_UNFIT, GRANT_SCOPE_EMPTY, GRANT_NEEDS_UNTIL, GRANT_ALREADY_OVER,
 * GRANT_TOO_LONG
 */
export function demandSensible({ role, scope, until }: Grant, now: Date): void {
  demand(SCOPES_OF_ROLE[role].includes(scope.kind), 'GRANT_SCOPE_UNFIT');
  if (scope.kind === 'region') {
    demand(LEVELS_OF_ROLE[role]?.includes(levelOf(scope.code as RegionCode)), 'GRANT_LEVEL_UNFIT');
  }
  demand(scope.kind !== 'evaluation' || (scope.regions.length > 0 && scope.services.length > 0), 'GRANT_SCOPE_EMPTY');
  demand(role !== 'evaluator' || until, 'GRANT_NEEDS_UNTIL');
  if (!until) return;
  demand(Date.parse(until) > now.getTime(), 'GRANT_ALREADY_OVER');
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + MOST_YEARS);
  demand(Date.parse(until) <= latest.getTime(), 'GRANT_TOO_LONG', { years: MOST_YEARS });
}

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

/** Whether one of an account's own grants contains another grant's scope. */
export const isContained = (own: readonly Grant[], { scope }: Pick<Grant, 'scope'>, county: string): boolean =>
  own.some((each) => contains(each.scope, scope, county));

/** A scope in one writing, whatever order its parts were named in. */
function keyOf(scope: Scope): string {
  if (scope.kind === 'platform') return scope.kind;
  if (scope.kind === 'region') return `${scope.kind} ${scope.code}`;
  const parts =
    scope.kind === 'evaluation' ? [[...new Set(scope.regions)].sort(), [...new Set(scope.services)].sort()] : [];
  return JSON.stringify([scope.kind, scope.id, ...parts]);
}

/**
 * Demands that an account does not hold a grant already: the same role over the same scope, in force or waiting.
 * @throws DomainError GRANT_EXISTS, GRANT_WAITS
 */
export function demandNew(held: readonly (Grant & { readonly isProposed: boolean })[], grant: Grant): void {
  const same = held.find((each) => isSameGrant(each, grant));
  if (same) throw new DomainError(same.isProposed ? 'GRANT_WAITS' : 'GRANT_EXISTS');
}

/** Whether two grants are the same role over the same scope, whatever their periods. */
export const isSameGrant = (one: Omit<Grant, 'until'>, other: Omit<Grant, 'until'>): boolean =>
  one.role === other.role && keyOf(one.scope) === keyOf(other.scope);

/** Nobody gives themself a grant. @throws DomainError GRANT_TO_ONESELF */
export function demandOther(accountId: string, giverId: string): void {
  demand(accountId !== giverId, 'GRANT_TO_ONESELF');
}

/** Who confirms a grant has neither proposed it nor gets it. @throws DomainError GRANT_TO_ONESELF, GRANT_OWN_PROPOSAL */
export function demandSecond(
  grant: { readonly accountId: string; readonly proposedBy: string },
  confirmerId: string,
): void {
  demandOther(grant.accountId, confirmerId);
  demand(grant.proposedBy !== confirmerId, 'GRANT_OWN_PROPOSAL');
}
