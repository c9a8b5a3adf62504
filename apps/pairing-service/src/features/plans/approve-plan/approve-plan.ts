import * as contract from '@bangfu/contracts/pairing/plans';
import { approvePlan as mayApprove } from '@bangfu/domain/pairing/plan-steps';
import { command } from '../../../operations.ts';
import { decide } from '../decide.ts';

/**
 * Approves a draft that someone else made (roles, separation of duties).
 * @throws DomainError PLAN_NOT_DRAFT, PLAN_OWN; Refusal 404, 409
 */
export const approvePlan = command(contract.approvePlan, (call) =>
  decide(call, (plan) => {
    const { caller, now } = call;
    mayApprove(plan, caller.id);
    return { state: 'approved', approver_id: caller.id, approver_name: caller.name, approved_at: now };
  }),
);
