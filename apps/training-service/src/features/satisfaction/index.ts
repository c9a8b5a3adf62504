import * as contract from '@bangfu/contracts/training/satisfaction';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { listMyTraining } from './list-my-training/list-my-training.query.ts';
import { printSlips } from './print-slips/print-slips.ts';
import { rateByCode } from './rate-by-code/rate-by-code.ts';
import { rateMyTraining } from './rate-my-training/rate-my-training.ts';

/** How satisfied participants are, by their own word: the household's account, or the code of a slip. */
export function satisfactionRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.listMyTraining, (call) => listMyTraining(service, call));
  route(router, service, contract.rateMyTraining, (call) =>
    rateMyTraining(service, call, call.params.enrolmentId, call.body.score),
  );
  route(router, service, contract.rateByCode, (call) => rateByCode(service, call, call.body));
  route(router, service, contract.printSlips, async (call) => {
    await printSlips(service, call, call.params.classId, call.response);
    return undefined;
  });
  return router;
}
