import * as contract from '@bangfu/contracts/evaluation/discrepancies';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { downloadDiscrepancies } from './download-discrepancies/download-discrepancies.ts';
import { listDiscrepancies } from './list-discrepancies/list-discrepancies.query.ts';

/** Where the returns differ from the register as it was frozen. */
export function discrepancyRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, contract.listDiscrepancies, (call) =>
    listDiscrepancies(service, call, call.params.evaluationId, call.query),
  );
  route(router, service, contract.downloadDiscrepancies, async (call) => {
    await downloadDiscrepancies(service, call, call.params.evaluationId, call.response);
    return undefined;
  });
  return router;
}
