import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { recordedReactions } from './consumers/household-recorded.ts';
import { withdrawnReactions } from './consumers/household-withdrawn.ts';
import { REGION_REACTIONS } from './consumers/region-established.ts';
import { withClient } from './db/client.ts';
import { VISIT_HASH } from './db/sealed.ts';
import { makeDemo } from './demo/demo.ts';
import { cadreJobs, cadreRoutes } from './features/cadres/index.ts';
import { overviewRoutes } from './features/overview/index.ts';
import { pairingRoutes } from './features/pairings/index.ts';
import { planJobs, planRoutes } from './features/plans/index.ts';
import { policyRoutes } from './features/policy/index.ts';
import { visitRoutes } from './features/visits/index.ts';
import { MESSAGES } from './messages.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT u.county_code, 'unit' AS kind, u.id, u.name, '' AS detail, true AS in_use FROM unit u
  UNION ALL
  SELECT c.county_code, 'helper', c.id, c.name, u.name, c.active FROM cadre c JOIN unit u ON u.id = c.unit_id`;

/** Assembles pairing from its features. */
export function buildPairing(kit: ServiceKit): ServiceParts {
  const service = withClient(kit);
  return {
    routers: [
      cadreRoutes(service),
      policyRoutes(service),
      pairingRoutes(service),
      planRoutes(service),
      visitRoutes(service),
      overviewRoutes(service),
    ],
    messages: MESSAGES,
    jobs: { ...planJobs(service), ...cadreJobs(service) },
    reactions: {
      ...HOUSEHOLD_COPY_REACTIONS,
      ...recordedReactions(service),
      ...REGION_REACTIONS,
      ...withdrawnReactions(service),
    },
    scopeChoices: SCOPE_CHOICES,
    keyedHashes: [VISIT_HASH],
    demo: (given) => makeDemo(service, given),
    close: () => service.prisma.$disconnect(),
  };
}
