import * as contract from '@bangfu/contracts/evaluation/public';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { listPublicEvaluations } from './list-public-evaluations/list-public-evaluations.query.ts';

/** What anybody may read of the evaluations. */
export function publicRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, contract.listPublicEvaluations, ({ query }) => listPublicEvaluations(service, query));
  return router;
}
