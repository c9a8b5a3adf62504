import {
  assignHelper,
  endPairing,
  getPairing,
  handOverHousehold,
  listPairings,
} from '@bangfu/contracts/pairing/pairings';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { pairByHand } from './assign-helper/assign-helper.ts';
import { releaseHousehold } from './end-pairing/end-pairing.ts';
import { readPairing } from './get-pairing/get-pairing.query.ts';
import { handHouseholdOver } from './hand-over/hand-over.ts';
import { findPairings } from './list-pairings/list-pairings.query.ts';

/** Households and their helpers: list, chain, and by hand assign, hand over, end. */
export function pairingRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, listPairings, ({ caller, query, now }) => findPairings(service, caller, query, now));
  route(router, service, getPairing, ({ caller, params, now }) =>
    readPairing(service, caller, params.householdId, now),
  );
  route(router, service, assignHelper, (call) => pairByHand(service, call, call.params.householdId, call.body));
  route(router, service, handOverHousehold, (call) =>
    handHouseholdOver(service, call, call.params.householdId, call.body),
  );
  route(router, service, endPairing, (call) => releaseHousehold(service, call, call.params.householdId, call.body));
  return router;
}
