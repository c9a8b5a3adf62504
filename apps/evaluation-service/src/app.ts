import { EVALUATION_POLICIES } from '@bangfu/contracts/evaluation/policies';
import { registerCopy } from '@bangfu/platform/household-copy/reactions';
import { serveOperations } from '@bangfu/platform/operation/operation';
import { servePolicies } from '@bangfu/platform/policy/serve-policies';
import { regionFollowing } from '@bangfu/platform/regions/reactions';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { POLICY_USES } from './db/policy-uses.ts';
import { makeDemo } from './demo/demo.ts';
import discrepancies from './features/discrepancies/index.ts';
import evaluations from './features/evaluations/index.ts';
import overview from './features/overview/index.ts';
import publicReads from './features/public/index.ts';
import rates from './features/rates/index.ts';
import records from './features/records/index.ts';
import { verifyRecords } from './features/records/verify-records.ts';
import returns from './features/returns/index.ts';
import samples from './features/samples/index.ts';
import { MESSAGES } from './messages.ts';
import { onRegionChanged } from './reactions/region-changed.ts';
import { REGION_COLUMNS } from './region-columns.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT county_code, 'evaluation' AS kind, id, name, frame_date::text AS detail, true AS in_use FROM evaluation`;

/** Assembles evaluation from its features. */
export function buildEvaluation(kit: ServiceKit): ServiceParts {
  const features = [evaluations, samples, returns, rates, records, discrepancies, publicReads, overview];
  const { router, jobs, reactions } = serveOperations(kit, [
    regionFollowing(REGION_COLUMNS),
    registerCopy,
    ...features,
    [onRegionChanged],
  ]);
  return {
    routers: [router],
    messages: MESSAGES,
    regions: REGION_COLUMNS,
    jobs,
    reactions,
    scopeChoices: SCOPE_CHOICES,
    policies: servePolicies(EVALUATION_POLICIES, POLICY_USES),
    verifyRecords: () => verifyRecords(kit),
    demo: (given) => makeDemo(kit, given),
  };
}
