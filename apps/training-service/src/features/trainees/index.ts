import * as contract from '@bangfu/contracts/training/trainees';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { findTrainees } from './list-trainees/list-trainees.query.ts';

/** Who takes part in training, person by person. */
export function traineeRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.listTrainees, ({ caller, query }) => findTrainees(service, caller, query));
  return router;
}
