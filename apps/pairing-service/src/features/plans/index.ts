import * as contract from '@bangfu/contracts/pairing/plans';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { applyPlan } from './apply-plan/apply-plan.ts';
import { approvePlan } from './approve-plan/approve-plan.ts';
import { discardPlan } from './discard-plan/discard-plan.ts';
import { findPlanRows } from './list-rows/list-rows.query.ts';
import { makePlan } from './make-plan/make-plan.ts';
import { PLAN_JOB, type PlanJobInput, runPlanJob, settlePlan } from './make-plan/plan-job.ts';
import { movePlan } from './move-plan/move-plan.ts';
import { getOpenPlan } from './plan-steps.ts';
import { findPlans, shownPlan } from './plan.repository.ts';
import { withdrawPlan } from './withdraw-plan/withdraw-plan.ts';

/** Optimal plans: compute, compare, approve, apply as one step. */
export function planRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, contract.makePlan, (call) => makePlan(service, call, call.body.region));
  route(router, service, contract.listPlans, async ({ caller, query }) => {
    const page = await findPlans(pgSql(readsOf(service, caller)), caller, query);
    return { ...page, rows: page.rows.map((row) => shownPlan(row, caller)) };
  });
  route(router, service, contract.getPlan, (call) => getOpenPlan(service, call, call.params.planId));
  route(router, service, contract.listPlanRows, ({ caller, params, query, now, language }) =>
    findPlanRows(service, caller, params.planId, query, { now, language }),
  );
  route(router, service, contract.approvePlan, (call) =>
    approvePlan(service, call, call.params.planId, call.body.version),
  );
  route(router, service, contract.discardPlan, (call) =>
    discardPlan(service, call, call.params.planId, call.body.version),
  );
  route(router, service, contract.applyPlan, (call) => applyPlan(service, call, call.params.planId, call.body));
  route(router, service, contract.withdrawPlan, (call) => withdrawPlan(service, call, call.params.planId, call.body));
  route(router, service, contract.movePlan, (call) => movePlan(service, call, call.params.planId, call.body));
  return router;
}

export function planJobs(service: Pairing): Record<string, JobHandler> {
  const handler: JobHandler<PlanJobInput> = { run: (run) => runPlanJob(service, run), settle: settlePlan };
  return { [PLAN_JOB]: handler };
}
