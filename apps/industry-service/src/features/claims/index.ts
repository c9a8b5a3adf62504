import * as contract from '@bangfu/contracts/industry/claims';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { decideSettlement } from './decide-settlement/decide-settlement.ts';
import { getClaim } from './get-claim/get-claim.query.ts';
import { listClaims } from './list-claims/list-claims.query.ts';
import { proposeReversal, proposeSettlement } from './propose-settlement/propose-settlement.ts';

/** What households had too much: list, settle, reverse, decide. */
export function claimRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.listClaims, ({ caller, query }) => listClaims(service, caller, query));
  route(router, service, contract.getClaim, (call) => getClaim(service, call, call.params.claimId));
  route(router, service, contract.proposeSettlement, (call) =>
    proposeSettlement(service, call, call.params.claimId, call.body),
  );
  route(router, service, contract.proposeReversal, (call) =>
    proposeReversal(service, call, call.params.settlementId, call.body.reason),
  );
  route(router, service, contract.decideSettlement, (call) =>
    decideSettlement(service, call, call.params.settlementId, call.body.approved),
  );
  return router;
}
