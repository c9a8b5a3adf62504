import type { Access } from '@bangfu/contracts/core/operation';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import type { Grant, Role, Scope } from '@bangfu/domain/shared/roles';
import type { Account } from './token.ts';

/** The account behind a call together with the grants that open this operation. */
export interface Caller extends Account {
  /** The grants that count for the operation called. */
  readonly usable: readonly Grant[];
  readonly address: string;
  readonly requestId: string;
}

/** The grants in force at `now` that open an operation to an account; empty means it is not granted. */
export function usableGrants(account: Account, access: Access, service: string, now: Date): Grant[] {
  if (typeof access === 'string') return [];
  return account.grants.filter(
    (grant) =>
      (access as readonly Role[]).includes(grant.role) &&
      (!grant.until || Date.parse(grant.until) > now.getTime()) &&
      (grant.scope.kind !== 'evaluation' || grant.scope.services.includes(service)),
  );
}

/**
 * The region prefixes the caller may look into with the usable grants; an empty list sees nothing. Roles that are
 * bound to a unit, an entity or a household bring none: their services resolve those from their own tables.
 */
export function regionPrefixes(caller: Caller): string[] {
  const prefixes = caller.usable.flatMap(({ scope }) => {
    if (scope.kind === 'region') return [scopePrefix(scope.code as RegionCode)];
    if (scope.kind === 'evaluation') return scope.regions.map((code) => scopePrefix(code as RegionCode));
    return [];
  });
  // A prefix within another adds nothing.
  return [...new Set(prefixes)].filter((p, _, all) => !all.some((q) => q !== p && p.startsWith(q)));
}

/** The ids of one kind of scope (unit, helper, entity, provider, household) the usable grants name. */
export function scopeIds(caller: Caller, kind: Extract<Scope, { id: string }>['kind']): string[] {
  return caller.usable.flatMap(({ scope }) => (scope.kind === kind ? [scope.id] : []));
}

/** Whether the caller holds one of the roles among the usable grants. */
export function holds(caller: Caller, ...roles: readonly Role[]): boolean {
  return caller.usable.some((grant) => roles.includes(grant.role));
}

/** Whether the caller sees households masked: all that opens the operation to him is a watcher's grant (roles). */
export function readsMasked(caller: Pick<Caller, 'usable'>): boolean {
  return caller.usable.length > 0 && caller.usable.every(({ role }) => role === 'evaluator' || role === 'auditor');
}
