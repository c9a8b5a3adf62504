import type { Role } from '@bangfu/domain/shared/roles';
import { useSession } from '@bangfu/ui/app-frame';

/** Whether the signed-in person holds one of the roles now; the service decides again on every call. */
export function useHolds(...roles: readonly Role[]): boolean {
  const { grants } = useSession();
  return grants.some(({ role, until }) => roles.includes(role) && (!until || Date.parse(until) > Date.now()));
}
