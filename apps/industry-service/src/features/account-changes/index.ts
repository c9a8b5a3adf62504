import * as contract from '@bangfu/contracts/industry/account-changes';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { decideAccountChange } from './decide-account-change/decide-account-change.ts';
import { listAccountChanges } from './list-account-changes/list-account-changes.query.ts';
import { requestAccountChange } from './request-account-change/request-account-change.ts';

/** Another account for a household of a contract in force: request, decide, list. */
export function accountChangeRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.listAccountChanges, (call) =>
    listAccountChanges(service, call, call.params.contractId),
  );
  route(router, service, contract.requestAccountChange, (call) =>
    requestAccountChange(service, call, call.params, call.body),
  );
  route(router, service, contract.decideAccountChange, (call) =>
    decideAccountChange(service, call, call.params.changeId, call.body.approved),
  );
  return router;
}
