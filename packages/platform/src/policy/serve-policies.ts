import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { serveOperations } from '../operation/operation.ts';
import type { ServedPolicies } from '../service.ts';
import { approvePolicy } from './approve-policy.ts';
import { draftPolicy } from './draft-policy.ts';
import { getPolicy } from './get-policy.ts';
import { installPolicies } from './install-policies.ts';
import { listPolicies } from './list-policies.ts';
import type { PolicyChecks } from './policy-checks.ts';
import type { PolicyUses } from './verdicts.ts';
import { withdrawPolicy } from './withdraw-policy.ts';

const OPERATIONS = [listPolicies, getPolicy, draftPolicy, approvePolicy, withdrawPolicy];

/** The policies of a service with their operations, the same in all services, and where what they decide is kept. */
export const servePolicies = (
  declared: ServicePolicies,
  uses: PolicyUses,
  checks: PolicyChecks = {},
): ServedPolicies => ({
  declared,
  uses,
  serve: async (kit) => {
    await installPolicies(kit.pool, declared.policies);
    return serveOperations(kit, [OPERATIONS.map((each) => each(declared, checks))]).router;
  },
});
