import * as contract from '@bangfu/contracts/pairing/pairings';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { assignHelper } from './assign-helper/assign-helper.ts';
import { endPairing } from './end-pairing/end-pairing.ts';
import { getMyHelper } from './get-my-helper/get-my-helper.query.ts';
import { getPairing } from './get-pairing/get-pairing.query.ts';
import { handOverHousehold } from './hand-over-household/hand-over-household.ts';
import { findPairings } from './list-pairings/list-pairings.query.ts';

/** Households and their helpers: list, chain, and by hand assign, hand over, end. */
export function pairingRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, contract.listPairings, ({ caller, query, now }) => findPairings(service, caller, query, now));
  route(router, service, contract.getMyHelper, ({ caller }) => getMyHelper(service, caller));
  route(router, service, contract.getPairing, ({ caller, params, now }) =>
    getPairing(service, caller, params.householdId, now),
  );
  route(router, service, contract.assignHelper, (call) =>
    assignHelper(service, call, call.params.householdId, call.body),
  );
  route(router, service, contract.handOverHousehold, (call) =>
    handOverHousehold(service, call, call.params.householdId, call.body),
  );
  route(router, service, contract.endPairing, (call) => endPairing(service, call, call.params.householdId, call.body));
  return router;
}
