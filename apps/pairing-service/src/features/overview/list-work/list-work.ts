import { everyService } from '@bangfu/contracts/core/every-service';
import { assignHelper } from '@bangfu/contracts/pairing/pairings';
import { PAIRING_DEADLINES } from '@bangfu/contracts/pairing/policies';
import { applyPlan, approvePlan } from '@bangfu/contracts/pairing/plans';
import { makeVisit } from '@bangfu/contracts/pairing/visits';
import { addDays, type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { policyVersions } from '@bangfu/platform/policy/policy-on';
import { MOST_OF_A_KIND, toWork, type WaitingKind, waitingFor } from '@bangfu/platform/work';
import { sql } from 'kysely';
import { helpedBefore, isHelpedOn } from '../../../db/helps.ts';
import { query, type Tables } from '../../../operations.ts';
import { countDue, findDue } from '../../pairings/standing.ts';
import { policyOn } from '../../policy/policy.repository.ts';

const contract = everyService('pairing');

/** What waits for the caller: a helper's visits, a leader's approvals, an officer's plans and households without a helper. */
export const listWork = query(contract.listWork, async ({ read, caller, now }) => {
  const today = businessDayOf(now);
  const found = await Promise.all([
    waitingFor(approvePlan, caller, now, (as) => plansAt(read, as, 'draft')),
    waitingFor(applyPlan, caller, now, (as) => plansAt(read, as, 'approved')),
    waitingFor(assignHelper, caller, now, (as) => withoutHelper(read, as, today)),
    waitingFor(makeVisit, caller, now, (as) => visits(read, as, today)),
  ]);
  return toWork(found, today);
});

async function visits(read: ReadSql<Tables>, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const { content } = await policyOn(read, caller.countyCode, today);
  const { due: total } = await countDue(read, caller, today, content.visits);
  const waiting = await findDue(read, caller, today, content.visits, MOST_OF_A_KIND);
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

/** Plans at a state, but none the caller made (to approve) or approved (to apply): three steps, different people. */
async function plansAt(read: ReadSql<Tables>, caller: Caller, state: 'draft' | 'approved'): Promise<WaitingKind> {
  const rows = await read
    .selectFrom('pairing_plan as p')
    .leftJoin('region_copy as r', 'r.code', 'p.region_code')
    .where((eb) => inRegions(eb.ref('p.region_code'), regionPrefixes(caller)))
    .where('p.state', '=', state)
    .where(state === 'draft' ? 'p.maker_id' : 'p.approver_id', '<>', caller.id)
    .select(['p.id', 'p.maker_name as makerName'])
    .select((eb) => [
      eb.fn.coalesce('r.name', 'p.region_code').as('region'),
      sql<number>`coalesce((${eb.ref('p.figures')} ->> 'placed')::int, 0)`.as('placed'),
      eb.fn.coalesce('p.approved_at', 'p.created_at').as('since'),
      eb.fn.countAll<number>().over().as('plans'),
    ])
    .orderBy('since')
    .orderBy('p.id')
    .limit(MOST_OF_A_KIND)
    .execute();
  const deadlines = await policyVersions(read, caller.countyCode, PAIRING_DEADLINES);
  const kind = state === 'draft' ? 'plan-to-approve' : 'plan-to-apply';
  const items = rows.map((plan) => ({
    id: plan.id,
    kind: kind as 'plan-to-approve' | 'plan-to-apply',
    title: `${state === 'draft' ? '审定' : '执行'}${plan.region}结对方案`,
    detail: `${plan.makerName} 测算，安排 ${plan.placed} 户`,
    due: workDue(deadlines, kind, businessDayOf(plan.since)),
    link: `/pairing/plans/${plan.id}`,
  }));
  return { items, total: rows[0]?.plans ?? 0 };
}

/** The poor households without a helper, as one piece of work that began when the first of them was left without. */
async function withoutHelper(read: ReadSql<Tables>, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const { households, since } = await read
    .selectFrom('household_copy as h')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('pairing_link as l')
          .whereRef('l.household_id', '=', 'h.id')
          .where((l) => helpedBefore(l, 'l', today))
          .select((l) => sql<Date | null>`max(${l.ref('l.valid_until')})::timestamptz`.as('day'))
          .as('left_on'),
      (join) => join.onTrue(),
    )
    .where('h.withdrawn', '=', false)
    .where('h.status', 'in', ['registered', 'returned'])
    .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
    .where((eb) => eb.not(isHelpedOn(eb, today)))
    .select((eb) => [
      eb.fn.countAll<number>().as('households'),
      eb.fn.min(eb.fn.coalesce('left_on.day', 'h.heard_at')).$castTo<Date | null>().as('since'),
    ])
    .executeTakeFirstOrThrow();
  if (!since) return { items: [], total: 0 };
  const deadlines = await policyVersions(read, caller.countyCode, PAIRING_DEADLINES);
  const item = {
    id: 'without-helper',
    kind: 'households-without-helper' as const,
    title: `为 ${households} 户落实帮扶责任人`,
    detail: '每户贫困户须有一名帮扶责任人',
    due: workDue(deadlines, 'households-without-helper', businessDayOf(since)),
    link: '/pairing/pairings?state=without',
  };
  return { items: [item], total: 1 };
}
