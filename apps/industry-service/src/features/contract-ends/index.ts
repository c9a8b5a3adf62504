import { decideContractEnd } from './decide-contract-end/decide-contract-end.ts';
import { listContractEnds } from './list-contract-ends/list-contract-ends.ts';
import { requestContractEnd } from './request-contract-end/request-contract-end.ts';

/** The way out of a contract in force: it ends, or a household leaves it; request, decide, list. */
export default [listContractEnds, requestContractEnd, decideContractEnd];
