import * as contract from '@bangfu/contracts/evaluation/rates';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { computeRates } from './compute-rates/compute-rates.ts';
import { getRates } from './get-rates/get-rates.query.ts';

/** The three rates and one degree: computed and read. */
export function rateRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, contract.computeRates, (call) =>
    computeRates(service, call, call.params.evaluationId, call.body.version),
  );
  route(router, service, contract.getRates, (call) => getRates(service, call, call.params.evaluationId));
  return router;
}
