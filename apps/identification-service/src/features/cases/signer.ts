import { currentStep } from '@bangfu/domain/identification/case/evolve';
import type { Actor as Signer, CaseState } from '@bangfu/domain/identification/case/types';
import { scopePrefix, type RegionCode } from '@bangfu/domain/shared/region';
import type { Role } from '@bangfu/domain/shared/roles';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { notFound } from '@bangfu/service-kit/http/refusal';

/** The roles in which a caller may act in a village: those of his usable grants whose region holds it. */
export function rolesIn(caller: Caller, villageCode: string): Role[] {
  const roles = caller.usable.flatMap(({ role, scope }) =>
    scope.kind === 'region' && villageCode.startsWith(scopePrefix(scope.code as RegionCode)) ? [role] : [],
  );
  return [...new Set(roles)];
}

/**
 * How a caller signs in a case: in the role the current step asks for where he holds it, else in the first he has
 * there. @throws Refusal 404 when no grant reaches the village
 */
export function signerFor(caller: Caller, villageCode: string, wanted: readonly string[]): Signer {
  const roles = rolesIn(caller, villageCode);
  const role = roles.find((each) => wanted.includes(each)) ?? roles[0];
  if (!role) throw notFound();
  return { accountId: caller.id, role };
}

/** The roles the step a case waits at asks for. */
export function wantedRoles(state: CaseState): readonly string[] {
  return currentStep(state)?.roles ?? [];
}
