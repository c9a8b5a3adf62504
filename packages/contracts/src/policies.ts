import type { ServicePolicies } from './core/policy-operations.ts';
import { EVALUATION_POLICIES } from './evaluation/policies.ts';
import { IDENTIFICATION_POLICIES } from './identification/policies.ts';
import { INDUSTRY_POLICIES } from './industry/policies.ts';
import { PAIRING_POLICIES } from './pairing/policies.ts';
import { TRAINING_POLICIES } from './training/policies.ts';

/** The policies of all services. A key is of one service only, so that it names its policy everywhere. */
export const ALL_POLICIES: readonly ServicePolicies[] = [
  IDENTIFICATION_POLICIES,
  PAIRING_POLICIES,
  INDUSTRY_POLICIES,
  TRAINING_POLICIES,
  EVALUATION_POLICIES,
];
