import { INDUSTRY_POLICIES } from '@bangfu/contracts/industry/policies';
import { registerCopy } from '@bangfu/platform/household-copy/reactions';
import { serveOperations } from '@bangfu/platform/operation/operation';
import { servePolicies } from '@bangfu/platform/policy/serve-policies';
import { regionFollowing } from '@bangfu/platform/regions/reactions';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { POLICY_USES } from './db/policy-uses.ts';
import { makeDemo } from './demo/demo.ts';
import accountChanges from './features/account-changes/index.ts';
import claims from './features/claims/index.ts';
import contractEnds from './features/contract-ends/index.ts';
import contracts from './features/contracts/index.ts';
import declarations from './features/declarations/index.ts';
import dividends from './features/dividends/index.ts';
import entities from './features/entities/index.ts';
import nilYears from './features/nil-years/index.ts';
import notices from './features/notices/index.ts';
import overview from './features/overview/index.ts';
import payments from './features/payments/index.ts';
import statements from './features/statements/index.ts';
import { verifyPapers } from './features/statements/verify-papers.ts';
import { MESSAGES } from './messages.ts';
import { REGION_COLUMNS } from './region-columns.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT county_code, 'entity' AS kind, id, name, credit_code AS detail, state = 'active' AS in_use FROM entity`;

/** Assembles industry from its features. */
export function buildIndustry(kit: ServiceKit): ServiceParts {
  const { router, jobs, reactions } = serveOperations(kit, [
    regionFollowing(REGION_COLUMNS),
    registerCopy,
    entities,
    contracts,
    accountChanges,
    contractEnds,
    declarations,
    nilYears,
    dividends,
    notices,
    payments,
    claims,
    statements,
    overview,
  ]);
  return {
    routers: [router],
    messages: MESSAGES,
    regions: REGION_COLUMNS,
    jobs,
    reactions,
    scopeChoices: SCOPE_CHOICES,
    policies: servePolicies(INDUSTRY_POLICIES, POLICY_USES),
    verifyRecords: () => verifyPapers(kit),
    demo: (given) => makeDemo(kit, given),
  };
}
