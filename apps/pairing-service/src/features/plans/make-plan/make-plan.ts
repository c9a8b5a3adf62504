import { makePlan as operation, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import { orderJob } from '@bangfu/platform/jobs/job';
import type { Pairing } from '../../../db/client.ts';
import { getPlan, shownPlan } from '../plan.repository.ts';
import { PLAN_JOB, type PlanJobInput } from './plan-job.ts';

/** Orders the optimal pairing of a region; its job computes a draft. @throws Refusal 404 outside the scope */
export async function makePlan(service: Pairing, actor: Actor, region: string): Promise<PairingPlan> {
  const { caller, now } = actor;
  const prefix = scopePrefix(region as RegionCode);
  if (!regionPrefixes(caller).some((own) => prefix.startsWith(own))) throw notFound();
  const id = service.newId(now);
  const jobId = service.newId(now);
  const answer = await runCommand(service.transaction, service.newId, operation, actor, { region }, async (tx, sql) => {
    await tx.pairingPlan.create({
      data: {
        id,
        countyCode: caller.countyCode,
        regionCode: region,
        state: 'computing',
        jobId,
        makerId: caller.id,
        makerName: caller.name,
        createdAt: now,
      },
    });
    const plan = await getPlan(sql, id, caller);
    const input: PlanJobInput = { planId: id };
    await orderJob(sql, { id: jobId, kind: PLAN_JOB, title: `测算结对方案 ${plan.regionName}`, caller, input, now });
    return {
      answer: shownPlan(plan, caller),
      audit: [{ action: operation.audit ?? '', recordType: 'plan', recordId: id, change: { after: { region } } }],
    };
  });
  service.nudgeJobs();
  return answer;
}
