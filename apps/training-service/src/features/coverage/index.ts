import { getCoverage } from './get-coverage/get-coverage.ts';

/** One skill per household. */
export default [getCoverage];
