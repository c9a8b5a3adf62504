import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import { serveOperations } from '@bangfu/platform/operation/operation';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { withClient } from './db/client.ts';
import { makeDemo } from './demo/demo.ts';
import accountChanges from './features/account-changes/index.ts';
import { claimRoutes } from './features/claims/index.ts';
import contractEnds from './features/contract-ends/index.ts';
import contracts from './features/contracts/index.ts';
import declarations from './features/declarations/index.ts';
import dividends from './features/dividends/index.ts';
import entities from './features/entities/index.ts';
import nilYears from './features/nil-years/index.ts';
import notices from './features/notices/index.ts';
import { overviewRoutes } from './features/overview/index.ts';
import payments from './features/payments/index.ts';
import { statementRoutes } from './features/statements/index.ts';
import { verifyPapers } from './features/statements/verify-papers.query.ts';
import { MESSAGES } from './messages.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT county_code, 'entity' AS kind, id, name, credit_code AS detail, state = 'active' AS in_use FROM entity`;

/** Assembles industry from its features. */
export function buildIndustry(kit: ServiceKit): ServiceParts {
  const service = withClient(kit);
  const { router, jobs } = serveOperations(kit, [
    entities,
    contracts,
    accountChanges,
    contractEnds,
    declarations,
    nilYears,
    dividends,
    notices,
    payments,
  ]);
  return {
    routers: [router, claimRoutes(service), statementRoutes(service), overviewRoutes(service)],
    messages: MESSAGES,
    jobs,
    reactions: { ...HOUSEHOLD_COPY_REACTIONS },
    scopeChoices: SCOPE_CHOICES,
    verifyRecords: () => verifyPapers(service),
    demo: (given) => makeDemo(service, given),
    close: () => service.prisma.$disconnect(),
  };
}
