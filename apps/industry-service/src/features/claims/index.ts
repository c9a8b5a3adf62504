import { decideSettlement } from './decide-settlement/decide-settlement.ts';
import { getClaim } from './get-claim/get-claim.ts';
import { listClaims } from './list-claims/list-claims.ts';
import { proposeReversal } from './propose-reversal/propose-reversal.ts';
import { proposeSettlement } from './propose-settlement/propose-settlement.ts';

/** What households had too much: list, settle, reverse, decide. */
export default [listClaims, getClaim, proposeSettlement, proposeReversal, decideSettlement];
