import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { requireApprovable } from '@bangfu/domain/shared/policy';
import { decidePolicy } from './decide-policy.ts';
import type { PolicyChecks } from './policy-checks.ts';
import { command } from './operations.ts';

/**
 * Approves a version that another person drafted.
 * @throws DomainError POLICY_NOT_DRAFT, POLICY_OWN and those of its day; Refusal 404, 409
 */
export const approvePolicy = (declared: ServicePolicies, checks: PolicyChecks = {}) =>
  command(declared.approvePolicy, async (call) => {
    const { params, body, caller, now } = call;
    const approved = await decidePolicy(declared, call, { ...params, ...body }, (progress, calendar) => {
      requireApprovable(progress, caller.id, calendar);
      return { state: 'approved', approved_by: caller.id, approved_by_name: caller.name, approved_at: now };
    });
    // What has changed in the county since it was drafted may forbid it: then nothing of this is done.
    await checks[approved.policy]?.(call.tx.sql, caller.countyCode, approved.value);
    return approved;
  });
