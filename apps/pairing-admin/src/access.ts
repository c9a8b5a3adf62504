import type { Access } from '@bangfu/contracts/core/operation';
import { useSession } from '@bangfu/ui/app-frame';

/** Whether one of the signed-in person's grants in force opens an operation; the service decides again by itself. */
export function useMay(access: Access): boolean {
  const { grants } = useSession();
  if (typeof access === 'string') return true;
  const now = Date.now();
  return grants.some(({ role, until }) => access.includes(role) && (until === undefined || Date.parse(until) > now));
}
