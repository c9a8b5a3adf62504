import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import type { BusinessDay } from '../shared/time.ts';

/** What can be done with a computed plan, in the order of its way. */
export const PLAN_STEPS = ['approve', 'apply', 'withdraw', 'move', 'discard'] as const;
export type PlanStep = (typeof PLAN_STEPS)[number];

/** How far a plan has come, and through whose hands: making, approving and applying are different people's. */
export interface PlanStanding {
  readonly state: string;
  readonly makerId: string;
  readonly approverId: string | null;
  /** Who put it into force; null where that was not kept. */
  readonly applierId: string | null;
  /** The day from which its pairings hold. */
  readonly appliedFrom: string | null;
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

/** Who acts on a plan, and on which day. */
export interface PlanActor {
  readonly accountId: string;
  readonly today: BusinessDay;
}

/**
 * Whether it is this account's to take back or move an applied plan: a second person's, before its day.
 * @throws DomainError PLAN_NOT_APPLIED, PLAN_BEGUN, PLAN_APPLIER_REVERSES
 */
export function reversePlan(plan: PlanStanding, { accountId, today }: PlanActor): void {
  demand(plan.state === 'applied', 'PLAN_NOT_APPLIED');
  const { appliedFrom } = plan;
  demand(appliedFrom !== null && appliedFrom > today, 'PLAN_BEGUN', { day: appliedFrom ?? '' });
  demand(plan.applierId !== accountId, 'PLAN_APPLIER_REVERSES');
}

/** @throws DomainError PLAN_ENDED */
export function discardPlan(plan: PlanStanding): void {
  demand(['draft', 'approved', 'failed'].includes(plan.state), 'PLAN_ENDED');
}

/**
 * Why a step of a plan would be refused to an account now; null when it would succeed.
 * @param against what is against the plan's changes as the step would make them today
 */
export function planRefusal(
  step: PlanStep,
  plan: PlanStanding,
  actor: PlanActor,
  against: Refusal | null,
): Refusal | null {
  switch (step) {
    case 'approve':
      return refusalOf(() => approvePlan(plan, actor.accountId));
    case 'apply':
      return refusalOf(() => applyPlan(plan, actor.accountId)) ?? against;
    case 'withdraw':
    case 'move':
      return refusalOf(() => reversePlan(plan, actor)) ?? against;
    case 'discard':
      return refusalOf(() => discardPlan(plan));
    default:
      return step satisfies never;
  }
}
