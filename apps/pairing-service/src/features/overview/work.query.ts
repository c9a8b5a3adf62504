import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { assignHelper } from '@bangfu/contracts/pairing/pairings';
import { applyPlan, approvePlan } from '@bangfu/contracts/pairing/plans';
import { makeVisit } from '@bangfu/contracts/pairing/visits';
import { addDays, type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { MOST_OF_A_KIND, toWork, type WaitingKind, waitingFor } from '@bangfu/platform/work';
import type { Pairing } from '../../db/client.ts';
import { helpedBefore, helpsOn } from '../../db/helps.ts';
import { countDue, findDue } from '../pairings/standing.ts';
import { policyOn } from '../policy/policy.repository.ts';

/** What waits for the caller: a helper's visits, a leader's approvals, an officer's plans and households without a helper. */
export async function readWork(
  service: Pairing,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  const today = businessDayOf(now);
  const found = await Promise.all([
    waitingFor(approvePlan, caller, now, (as) => plansAt(service, as, 'draft')),
    waitingFor(applyPlan, caller, now, (as) => plansAt(service, as, 'approved')),
    waitingFor(assignHelper, caller, now, (as) => withoutHelper(service, as, today)),
    waitingFor(makeVisit, caller, now, (as) => visits(service, as, today)),
  ]);
  return toWork(found, today);
}

async function visits(service: Pairing, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const { content } = await policyOn(pgSql(service.pool), caller.countyCode, today);
  const { due: total } = await countDue(service, caller, today, content.visits);
  const waiting = await findDue(service, caller, today, content.visits, MOST_OF_A_KIND);
  const items = waiting.map((each) => ({
    id: each.householdId,
    kind: 'visit-due' as const,
    title: `走访 ${each.headName} 家`,
    detail: each.villageName,
    due: each.overdueDays > 0 ? addDays(today, -each.overdueDays) : (each.dueBy ?? today),
    link: `/pairing/visits/new?household=${each.householdId}`,
  }));
  return { items, total };
}

interface WaitingPlan {
  readonly id: string;
  readonly region: string;
  readonly makerName: string;
  readonly placed: number;
  readonly since: Date;
  readonly plans: number;
}

/** Plans at a state, but none the caller made (to approve) or approved (to apply): three steps, different people. */
async function plansAt(service: Pairing, caller: Caller, state: 'draft' | 'approved'): Promise<WaitingKind> {
  const { rows } = await readsOf(service, caller).query<WaitingPlan>(
    `SELECT p.id::text AS id, coalesce(r.name, p.region_code) AS region, p.maker_name AS "makerName",
       coalesce((p.figures->>'placed')::int, 0) AS placed, coalesce(p.approved_at, p.created_at) AS since,
       count(*) OVER () AS plans
     FROM pairing_plan p LEFT JOIN region_copy r ON r.code = p.region_code
     WHERE p.region_code LIKE ANY ($1::text[]) AND p.state = $2
       AND CASE WHEN $2 = 'draft' THEN p.maker_id ELSE p.approver_id END <> $3
     ORDER BY since, p.id LIMIT ${MOST_OF_A_KIND}`,
    [likeAny(regionPrefixes(caller)), state, caller.id],
  );
  const kind = state === 'draft' ? 'plan-to-approve' : 'plan-to-apply';
  const items = rows.map((plan) => ({
    id: plan.id,
    kind: kind as 'plan-to-approve' | 'plan-to-apply',
    title: `${state === 'draft' ? '审定' : '执行'}${plan.region}结对方案`,
    detail: `${plan.makerName} 测算，安排 ${plan.placed} 户`,
    due: workDue(kind, businessDayOf(plan.since)),
    link: `/pairing/plans/${plan.id}`,
  }));
  return { items, total: rows[0]?.plans ?? 0 };
}

/** The poor households without a helper, as one piece of work that began when the first of them was left without. */
async function withoutHelper(service: Pairing, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const { rows } = await readsOf(service, caller).query<{ n: number; since: Date | null }>(
    `SELECT count(*) AS n, min(coalesce(left_on.day, h.heard_at)) AS since FROM platform.household_copy h
     LEFT JOIN LATERAL (SELECT max(l.valid_until)::timestamptz AS day FROM pairing_link l
       WHERE l.household_id = h.id AND ${helpedBefore('l', '$2::date')}) left_on ON true
     WHERE NOT h.withdrawn AND h.status IN ('registered', 'returned')
       AND h.village_code LIKE ANY ($1)
       AND NOT EXISTS (SELECT 1 FROM pairing_link l WHERE l.household_id = h.id AND ${helpsOn('l', '$2::date')})`,
    [likeAny(regionPrefixes(caller)), today],
  );
  const { n: households = 0, since = null } = rows[0] ?? {};
  if (!since) return { items: [], total: 0 };
  const item = {
    id: 'without-helper',
    kind: 'households-without-helper' as const,
    title: `为 ${households} 户落实帮扶责任人`,
    detail: '每户贫困户须有一名帮扶责任人',
    due: workDue('households-without-helper', businessDayOf(since)),
    link: '/pairing/pairings?state=without',
  };
  return { items: [item], total: 1 };
}
