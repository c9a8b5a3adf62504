import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { verifyEvaluationRecords } from './verify-records.query.ts';

/** The verification of all frozen and sealed records. */
export function recordRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, contract.verifyEvaluationRecords, () => verifyEvaluationRecords(service));
  return router;
}
