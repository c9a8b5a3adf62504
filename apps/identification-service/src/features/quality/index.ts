import { checkQuality, getQuality } from '@bangfu/contracts/identification/households';
import { route } from '@bangfu/service-kit/http/route';
import type { JobHandler, JobRun } from '@bangfu/service-kit/jobs/job';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { orderQualityCheck, runQualityCheck } from './check-quality/check-quality.ts';
import { countBreaches } from './get-quality/get-quality.query.ts';

/** Data quality: rules run on demand, breaches by rule and village. */
export function qualityRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, checkQuality, (call) => orderQualityCheck(service, call, call.body.region));
  route(router, service, getQuality, ({ caller, query, language }) =>
    countBreaches(service, caller, query.region, language),
  );
  return router;
}

export function qualityJobs(service: Identification): Record<string, JobHandler> {
  return { 'quality-check': (run) => runQualityCheck(service, run as JobRun<{ prefixes: readonly string[] }>) };
}
