import { changePairingPolicy } from './change-pairing-policy/change-pairing-policy.ts';
import { discardPairingPolicy } from './discard-pairing-policy/discard-pairing-policy.ts';
import { draftPairingPolicy } from './draft-pairing-policy/draft-pairing-policy.ts';
import { enforcePairingPolicy } from './enforce-pairing-policy/enforce-pairing-policy.ts';
import { getPairingPolicy } from './get-pairing-policy/get-pairing-policy.ts';
import { listPairingPolicies } from './list-pairing-policies/list-pairing-policies.ts';
import { withdrawPairingPolicy } from './withdraw-pairing-policy/withdraw-pairing-policy.ts';

/** Ranks, quotas, weights and the rhythm of visits as policy data: drafted by one person, put in force by another. */
export default [
  getPairingPolicy,
  listPairingPolicies,
  draftPairingPolicy,
  changePairingPolicy,
  discardPairingPolicy,
  enforcePairingPolicy,
  withdrawPairingPolicy,
];
