import { verifyEverything } from './verify-everything/verify-everything.ts';

/** The verification of every audit log of the installation. */
export default [verifyEverything];
