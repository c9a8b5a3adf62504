import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { query } from './operations.ts';
import { policyNamed } from './policy-named.ts';
import { policyOn } from './policy-on.ts';

/** The version of a policy in force on a day, today unless one is asked for. @throws DomainError POLICY_YEAR_MISSING, POLICY_NONE */
export const getPolicy = (declared: ServicePolicies) =>
  query(declared.getPolicy, async ({ params, query: asked, read, caller, now }) => {
    const day = (asked.on as BusinessDay | undefined) ?? businessDayOf(now);
    const found = await policyOn(read, caller.countyCode, policyNamed(declared, params.policy), day);
    return { policy: params.policy, ...found };
  });
