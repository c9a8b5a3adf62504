import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { requireWithdrawable } from '@bangfu/domain/shared/policy';
import { decidePolicy } from './decide-policy.ts';
import { command } from './operations.ts';

/**
 * Withdraws a draft, or an approved version before its day.
 * @throws DomainError POLICY_WITHDRAWN, POLICY_BEGUN, POLICY_APPROVER_WITHDRAWS; Refusal 404, 409
 */
export const withdrawPolicy = (declared: ServicePolicies) =>
  command(declared.withdrawPolicy, (call) => {
    const { params, body, caller, now } = call;
    return decidePolicy(declared, call, { ...params, ...body }, (progress, { today }) => {
      requireWithdrawable(progress, caller.id, today);
      return {
        state: 'withdrawn',
        withdrawn_by: caller.id,
        withdrawn_by_name: caller.name,
        withdrawn_at: now,
        withdrawn_reason: body.reason,
      };
    });
  });
