import * as contract from '@bangfu/contracts/pairing/plans';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { getPlanRecord, shownPlan } from '../plan.repository.ts';
import { planJob } from './plan-job.ts';

/** Orders the optimal pairing of a region; its job computes a draft. @throws Refusal 404 outside the scope */
export const makePlan = command(contract.makePlan, async ({ body, tx, caller, now, newId, orderWork, audit }) => {
  const { region } = body;
  const prefix = scopePrefix(region as RegionCode);
  if (!regionPrefixes(caller).some((own) => prefix.startsWith(own))) throw notFound();
  const id = newId();
  const known = await tx.sql
    .selectFrom('region_copy as r')
    .where('r.code', '=', region)
    .select('r.name')
    .executeTakeFirst();
  const jobId = await orderWork(planJob.order(`测算结对方案 ${known?.name ?? region}`, { planId: id }));
  await tx.sql
    .insertInto('pairing_plan')
    .values({
      id,
      county_code: caller.countyCode,
      region_code: region,
      state: 'computing',
      job_id: jobId,
      maker_id: caller.id,
      maker_name: caller.name,
      created_at: now,
    })
    .execute();
  audit.change('plan', id, null, { region });
  return shownPlan(await getPlanRecord(tx.sql, id, caller), caller);
});
