import { IDENTIFICATION_POLICIES } from '@bangfu/contracts/identification/policies';
import { serveOperations } from '@bangfu/platform/operation/operation';
import { servePolicies } from '@bangfu/platform/policy/serve-policies';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { POLICY_USES } from './db/policy-uses.ts';
import { makeDemo } from './demo/demo.ts';
import cases from './features/cases/index.ts';
import facts from './features/facts/index.ts';
import households from './features/households/index.ts';
import imports from './features/imports/index.ts';
import notices from './features/notices/index.ts';
import { verifyNotices } from './features/notices/verify-notices.ts';
import overview from './features/overview/index.ts';
import quality from './features/quality/index.ts';
import regions from './features/regions/index.ts';
import { MESSAGES } from './messages.ts';
import { onDividendConfirmed } from './reactions/dividend-confirmed.ts';
import { onDividendCorrected } from './reactions/dividend-corrected.ts';
import { onDividendReturned } from './reactions/dividend-returned.ts';
import { onFrameFrozen } from './reactions/frame-frozen.ts';
import { onHouseholdUses } from './reactions/household-uses.ts';
import { REGION_COLUMNS } from './region-columns.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT h.county_code, 'household' AS kind, h.id, h.number AS name, r.name AS detail, true AS in_use
  FROM household h JOIN region r ON r.id = h.village_id`;

/** Assembles identification from its features. */
export function buildIdentification(kit: ServiceKit): ServiceParts {
  const { router, jobs, reactions } = serveOperations(kit, [
    [onDividendConfirmed, onDividendCorrected, onDividendReturned, onHouseholdUses, onFrameFrozen],
    regions,
    imports,
    households,
    facts,
    quality,
    cases,
    notices,
    overview,
  ]);
  return {
    routers: [router],
    messages: MESSAGES,
    regions: REGION_COLUMNS,
    jobs,
    reactions,
    scopeChoices: SCOPE_CHOICES,
    policies: servePolicies(IDENTIFICATION_POLICIES, POLICY_USES),
    verifyRecords: () => verifyNotices(kit),
    demo: (given) => makeDemo(kit, given),
  };
}
