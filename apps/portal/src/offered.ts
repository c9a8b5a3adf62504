import type { ServiceName } from '@bangfu/contracts/core/operation';
import { isOffered } from '@bangfu/contracts/core/service-access';
import { useSession } from '@bangfu/ui/app-frame';

/** Whether a service has a place for the signed-in person: elsewhere no link leads there. */
export function useOffered(): (service: ServiceName) => boolean {
  const { grants } = useSession();
  return (service) => isOffered(grants, service);
}
