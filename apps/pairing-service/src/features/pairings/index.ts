import { assignHelper } from './assign-helper/assign-helper.ts';
import { endPairing } from './end-pairing/end-pairing.ts';
import { getMyHelper } from './get-my-helper/get-my-helper.ts';
import { getPairing } from './get-pairing/get-pairing.ts';
import { handOverHousehold } from './hand-over-household/hand-over-household.ts';
import { listPairings } from './list-pairings/list-pairings.ts';
import { movePairingChange } from './move-pairing-change/move-pairing-change.ts';
import { withdrawPairingChange } from './withdraw-pairing-change/withdraw-pairing-change.ts';

/** Households and their helpers: list, chain, and by hand assign, hand over, end, and the way back. */
export default [
  listPairings,
  getMyHelper,
  getPairing,
  assignHelper,
  handOverHousehold,
  endPairing,
  withdrawPairingChange,
  movePairingChange,
];
