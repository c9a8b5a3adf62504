import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { onDividendConfirmed } from './consumers/dividend-confirmed.ts';
import { onDividendCorrected, onDividendReturned } from './consumers/dividend-corrected.ts';
import { onFrameFrozen, onHouseholdUses } from './consumers/household-uses.ts';
import { withClient } from './db/client.ts';
import { makeDemo } from './demo/demo.ts';
import { caseRoutes } from './features/cases/index.ts';
import { householdRoutes } from './features/households/index.ts';
import { importJobs, importRoutes } from './features/imports/index.ts';
import { noticeRoutes } from './features/notices/index.ts';
import { verifyNotices } from './features/notices/verify-notices.query.ts';
import { overviewRoutes } from './features/overview/index.ts';
import { qualityJobs, qualityRoutes } from './features/quality/index.ts';
import { regionRoutes } from './features/regions/index.ts';
import { MESSAGES } from './messages.ts';
import { SEALED_COPIES } from './db/sealed.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT h.county_code, 'household' AS kind, h.id, h.number AS name, r.name AS detail, true AS in_use
  FROM household h JOIN region r ON r.id = h.village_id`;

/** Assembles identification from its features. */
export function buildIdentification(kit: ServiceKit): ServiceParts {
  const service = withClient(kit);
  return {
    routers: [
      regionRoutes(service),
      importRoutes(service),
      householdRoutes(service),
      qualityRoutes(service),
      caseRoutes(service),
      noticeRoutes(service),
      overviewRoutes(service),
    ],
    messages: MESSAGES,
    jobs: { ...importJobs(service), ...qualityJobs(service) },
    reactions: {
      ...onDividendConfirmed,
      ...onDividendCorrected,
      ...onDividendReturned,
      ...onHouseholdUses,
      ...onFrameFrozen,
    },
    scopeChoices: SCOPE_CHOICES,
    verifyRecords: () => verifyNotices(service),
    sealedCopies: SEALED_COPIES,
    demo: (given) => makeDemo(service, given),
    close: () => service.prisma.$disconnect(),
  };
}
