import * as contract from '@bangfu/contracts/identification/households';
import { route } from '@bangfu/platform/http/route';
import { type JobHandler, nothingToSettle } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { type CheckInput, checkQuality, runQualityCheck } from './check-quality/check-quality.ts';
import { getQuality } from './get-quality/get-quality.query.ts';

/** Data quality: rules run on demand, breaches by rule and village. */
export function qualityRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, contract.checkQuality, (call) => checkQuality(service, call, call.body.region));
  route(router, service, contract.getQuality, ({ caller, query, language }) =>
    getQuality(service, caller, query.region, language),
  );
  return router;
}

export function qualityJobs(service: Identification): Record<string, JobHandler> {
  const handler: JobHandler<CheckInput> = { run: (run) => runQualityCheck(service, run), settle: nothingToSettle };
  return { 'quality-check': handler };
}
