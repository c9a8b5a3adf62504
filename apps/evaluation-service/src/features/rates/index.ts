import { computeRates, getRates } from '@bangfu/contracts/evaluation/rates';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { computeTheRates } from './compute-rates/compute-rates.ts';
import { readRates } from './get-rates/get-rates.query.ts';

/** The three rates and one degree: computed and read. */
export function rateRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, computeRates, (call) =>
    computeTheRates(service, call, call.params.evaluationId, call.body.version),
  );
  route(router, service, getRates, (call) => readRates(service, call, call.params.evaluationId));
  return router;
}
