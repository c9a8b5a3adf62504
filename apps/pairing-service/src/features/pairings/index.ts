import * as contract from '@bangfu/contracts/pairing/pairings';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { assignHelper } from './assign-helper/assign-helper.ts';
import { endPairing } from './end-pairing/end-pairing.ts';
import { getMyHelper } from './get-my-helper/get-my-helper.query.ts';
import { handOverHousehold } from './hand-over-household/hand-over-household.ts';
import { movePairingChange } from './move-pairing-change/move-pairing-change.ts';
import { getOpenPairing, listOpenPairings } from './pairing-steps.ts';
import { withdrawPairingChange } from './withdraw-pairing-change/withdraw-pairing-change.ts';

/** Households and their helpers: list, chain, and by hand assign, hand over, end, and the way back. */
export function pairingRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, contract.listPairings, (call) => listOpenPairings(service, call, call.query));
  route(router, service, contract.getMyHelper, ({ caller, now }) => getMyHelper(service, caller, now));
  route(router, service, contract.getPairing, (call) => getOpenPairing(service, call, call.params.householdId));
  route(router, service, contract.assignHelper, (call) =>
    assignHelper(service, call, call.params.householdId, call.body),
  );
  route(router, service, contract.handOverHousehold, (call) =>
    handOverHousehold(service, call, call.params.householdId, call.body),
  );
  route(router, service, contract.endPairing, (call) => endPairing(service, call, call.params.householdId, call.body));
  route(router, service, contract.withdrawPairingChange, (call) =>
    withdrawPairingChange(service, call, call.params.householdId, call.body),
  );
  route(router, service, contract.movePairingChange, (call) =>
    movePairingChange(service, call, call.params.householdId, call.body),
  );
  return router;
}
