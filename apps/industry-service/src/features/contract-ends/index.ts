import * as contract from '@bangfu/contracts/industry/contract-ends';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { decideContractEnd } from './decide-contract-end/decide-contract-end.ts';
import { listContractEnds } from './list-contract-ends/list-contract-ends.query.ts';
import { requestContractEnd } from './request-contract-end/request-contract-end.ts';

/** The way out of a contract in force: it ends, or a household leaves it; request, decide, list. */
export function contractEndRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.listContractEnds, (call) => listContractEnds(service, call, call.params.contractId));
  route(router, service, contract.requestContractEnd, (call) =>
    requestContractEnd(service, call, call.params.contractId, call.body),
  );
  route(router, service, contract.decideContractEnd, (call) =>
    decideContractEnd(service, call, call.params.endId, call.body.approved),
  );
  return router;
}
