import type { Actor as Signer } from '@bangfu/domain/identification/case/types';
import { scopePrefix, type RegionCode } from '@bangfu/domain/shared/region';
import type { Role } from '@bangfu/domain/shared/roles';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';

/** The roles in which a caller may act in a village: those of his usable grants whose region holds it. */
export function rolesIn(caller: Caller, villageCode: string): Role[] {
  const roles = caller.usable.flatMap(({ role, scope }) =>
    scope.kind === 'region' && villageCode.startsWith(scopePrefix(scope.code as RegionCode)) ? [role] : [],
  );
  return [...new Set(roles)];
}

/**
 * How a caller signs in a case: in a role that is wanted where he holds one, else in the first he has there. @throws Refusal 404 when no grant reaches the village
 */
export function signerFor(caller: Caller, villageCode: string, wanted: readonly Role[]): Signer {
  const roles = rolesIn(caller, villageCode);
  const role = roles.find((each) => wanted.includes(each)) ?? roles[0];
  if (!role) throw notFound();
  return { accountId: caller.id, role };
}
