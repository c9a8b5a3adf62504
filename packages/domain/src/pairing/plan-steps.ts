import { demand, type Refusal, refusalOf } from '../shared/errors.ts';

/** What can be done with a computed plan, in the order of its way. */
export const PLAN_STEPS = ['approve', 'apply', 'discard'] as const;
export type PlanStep = (typeof PLAN_STEPS)[number];

/** How far a plan has come, and through whose hands: making, approving and applying are different people's. */
export interface PlanStanding {
  readonly state: string;
  readonly makerId: string;
  readonly approverId: string | null;
}

/** @throws DomainError PLAN_NOT_DRAFT, PLAN_OWN */
export function approvePlan(plan: PlanStanding, accountId: string): void {
  demand(plan.state === 'draft', 'PLAN_NOT_DRAFT');
  demand(plan.makerId !== accountId, 'PLAN_OWN');
}

/** Whether it is this account's to apply; what the plan changes is judged beside. @throws DomainError PLAN_NOT_APPROVED, PLAN_APPROVER_APPLIES */
export function applyPlan(plan: PlanStanding, accountId: string): void {
  demand(plan.state === 'approved', 'PLAN_NOT_APPROVED');
  demand(plan.approverId !== accountId, 'PLAN_APPROVER_APPLIES');
}

/** @throws DomainError PLAN_ENDED */
export function discardPlan(plan: PlanStanding): void {
  demand(['draft', 'approved', 'failed'].includes(plan.state), 'PLAN_ENDED');
}

/**
 * Why a step of a plan would be refused to an account now; null when it would succeed.
 * @param changes what stands against the plan's changes as they would be made today
 */
export function planRefusal(
  step: PlanStep,
  plan: PlanStanding,
  accountId: string,
  changes: Refusal | null,
): Refusal | null {
  switch (step) {
    case 'approve':
      return refusalOf(() => approvePlan(plan, accountId));
    case 'apply':
      return refusalOf(() => applyPlan(plan, accountId)) ?? changes;
    case 'discard':
      return refusalOf(() => discardPlan(plan));
    default:
      return step satisfies never;
  }
}
