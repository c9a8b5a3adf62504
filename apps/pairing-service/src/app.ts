import { PAIRING_POLICIES } from '@bangfu/contracts/pairing/policies';
import { registerCopy } from '@bangfu/platform/household-copy/reactions';
import { serveOperations } from '@bangfu/platform/operation/operation';
import { servePolicies } from '@bangfu/platform/policy/serve-policies';
import { regionFollowing } from '@bangfu/platform/regions/reactions';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { POLICY_USES } from './db/policy-uses.ts';
import { VISIT_HASH } from './db/sealed.ts';
import { makeDemo } from './demo/demo.ts';
import cadres from './features/cadres/index.ts';
import overview from './features/overview/index.ts';
import pairings from './features/pairings/index.ts';
import plans from './features/plans/index.ts';
import { CHECKS } from './features/policy/check-ranks.ts';
import visits from './features/visits/index.ts';
import { MESSAGES } from './messages.ts';
import { onHouseholdRecorded } from './reactions/household-recorded.ts';
import { beforeHouseholdWithdrawn, onHouseholdWithdrawn } from './reactions/household-withdrawn.ts';
import { onRegionChanged } from './reactions/region-changed.ts';
import { onRegionEstablished } from './reactions/region-established.ts';
import { REGION_COLUMNS } from './region-columns.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT u.county_code, 'unit' AS kind, u.id, u.name, '' AS detail, true AS in_use FROM unit u
  UNION ALL
  SELECT c.county_code, 'helper', c.id, c.name, u.name, c.active FROM cadre c JOIN unit u ON u.id = c.unit_id`;

/** Assembles pairing from its features. */
export function buildPairing(kit: ServiceKit): ServiceParts {
  const reacting = [onRegionEstablished, onRegionChanged, onHouseholdRecorded, onHouseholdWithdrawn];
  const features = [cadres, pairings, plans, visits, overview];
  const { router, jobs, reactions } = serveOperations(kit, [
    [beforeHouseholdWithdrawn],
    regionFollowing(REGION_COLUMNS),
    registerCopy,
    ...features,
    reacting,
  ]);
  return {
    routers: [router],
    messages: MESSAGES,
    regions: REGION_COLUMNS,
    jobs,
    reactions,
    scopeChoices: SCOPE_CHOICES,
    policies: servePolicies(PAIRING_POLICIES, POLICY_USES, CHECKS),
    keyedHashes: [VISIT_HASH],
    demo: (given) => makeDemo(kit, given),
  };
}
