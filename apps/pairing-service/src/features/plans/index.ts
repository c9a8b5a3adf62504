import { applyPlan } from './apply-plan/apply-plan.ts';
import { approvePlan } from './approve-plan/approve-plan.ts';
import { discardPlan } from './discard-plan/discard-plan.ts';
import { getPlan } from './get-plan/get-plan.ts';
import { listPlanRows } from './list-plan-rows/list-plan-rows.ts';
import { listPlans } from './list-plans/list-plans.ts';
import { makePlan } from './make-plan/make-plan.ts';
import { planJob } from './make-plan/plan-job.ts';
import { movePlan } from './move-plan/move-plan.ts';
import { withdrawPlan } from './withdraw-plan/withdraw-plan.ts';

/** Optimal plans: compute, compare, approve, apply as one step. */
export default [
  makePlan,
  planJob,
  listPlans,
  getPlan,
  listPlanRows,
  approvePlan,
  discardPlan,
  applyPlan,
  withdrawPlan,
  movePlan,
];
