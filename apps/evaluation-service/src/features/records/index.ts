import { verifyEvaluationRecords } from '@bangfu/contracts/evaluation/evaluations';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { verifyFramesAndReturns } from './verify-records.query.ts';

/** The verification of all frozen and sealed records. */
export function recordRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, verifyEvaluationRecords, () => verifyFramesAndReturns(service));
  return router;
}
