import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { withClient } from './db/client.ts';
import { makeDemo } from './demo/demo.ts';
import { evaluationJobs, evaluationRoutes } from './features/evaluations/index.ts';
import { discrepancyRoutes } from './features/discrepancies/index.ts';
import { publicRoutes } from './features/public/index.ts';
import { overviewRoutes } from './features/overview/index.ts';
import { rateRoutes } from './features/rates/index.ts';
import { recordRoutes } from './features/records/index.ts';
import { verifyEvaluationRecords } from './features/records/verify-records.query.ts';
import { returnJobs, returnRoutes } from './features/returns/index.ts';
import { sampleRoutes } from './features/samples/index.ts';
import { MESSAGES } from './messages.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT county_code, 'evaluation' AS kind, id, name, frame_date::text AS detail, true AS in_use FROM evaluation`;

/** Assembles evaluation from its features. */
export function buildEvaluation(kit: ServiceKit): ServiceParts {
  const service = withClient(kit);
  return {
    routers: [
      evaluationRoutes(service),
      sampleRoutes(service),
      returnRoutes(service),
      rateRoutes(service),
      recordRoutes(service),
      discrepancyRoutes(service),
      publicRoutes(service),
      overviewRoutes(service),
    ],
    messages: MESSAGES,
    jobs: { ...evaluationJobs(service), ...returnJobs(service) },
    reactions: { ...HOUSEHOLD_COPY_REACTIONS },
    scopeChoices: SCOPE_CHOICES,
    verifyRecords: () => verifyEvaluationRecords(service),
    demo: (given) => makeDemo(service, given),
    close: () => service.prisma.$disconnect(),
  };
}
