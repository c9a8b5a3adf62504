import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import { serveOperations } from '@bangfu/platform/operation/operation';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { recordedReactions } from './consumers/household-recorded.ts';
import { withdrawnReactions } from './consumers/household-withdrawn.ts';
import { REGION_REACTIONS } from './consumers/region-established.ts';
import { VISIT_HASH } from './db/sealed.ts';
import { makeDemo } from './demo/demo.ts';
import cadres from './features/cadres/index.ts';
import overview from './features/overview/index.ts';
import pairings from './features/pairings/index.ts';
import plans from './features/plans/index.ts';
import policy from './features/policy/index.ts';
import visits from './features/visits/index.ts';
import { MESSAGES } from './messages.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT u.county_code, 'unit' AS kind, u.id, u.name, '' AS detail, true AS in_use FROM unit u
  UNION ALL
  SELECT c.county_code, 'helper', c.id, c.name, u.name, c.active FROM cadre c JOIN unit u ON u.id = c.unit_id`;

/** Assembles pairing from its features. */
export function buildPairing(kit: ServiceKit): ServiceParts {
  const { router, jobs } = serveOperations(kit, [cadres, policy, pairings, plans, visits, overview]);
  return {
    routers: [router],
    messages: MESSAGES,
    jobs,
    reactions: {
      ...HOUSEHOLD_COPY_REACTIONS,
      ...recordedReactions(kit),
      ...REGION_REACTIONS,
      ...withdrawnReactions(kit),
    },
    scopeChoices: SCOPE_CHOICES,
    keyedHashes: [VISIT_HASH],
    demo: (given) => makeDemo(kit, given),
  };
}
