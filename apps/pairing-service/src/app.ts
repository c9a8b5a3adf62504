import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/service-kit/household-copy/reactions';
import type { ServiceKit, ServiceParts } from '@bangfu/service-kit/service';
import { withClient } from './db/client.ts';
import { overviewRoutes } from './features/overview/index.ts';
import { MESSAGES } from './messages.ts';

/** Assembles pairing from its features. */
export function buildPairing(kit: ServiceKit): ServiceParts {
  const service = withClient(kit);
  return {
    routers: [overviewRoutes(service)],
    messages: MESSAGES,
    jobs: {},
    reactions: { ...HOUSEHOLD_COPY_REACTIONS },
    close: () => service.prisma.$disconnect(),
  };
}
