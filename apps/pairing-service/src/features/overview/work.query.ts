import type { EveryService, WorkItem } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { Role } from '@bangfu/domain/shared/roles';
import { addDays, type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { type Caller, regionPrefixes, usableGrants } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import type { Pairing } from '../../db/client.ts';
import { countDue, findDue } from '../pairings/standing.ts';
import { findPlans } from '../plans/plan.repository.ts';
import { policyOn } from '../policy/policy.repository.ts';

const LISTED = 50;

/** What waits for the caller: a helper's visits, a leader's approvals, an officer's plans and households without a helper. */
export async function readWork(
  service: Pairing,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  const as = (...roles: Role[]): Caller => ({ ...caller, usable: usableGrants(caller, roles, 'pairing', now) });
  const helper = as('helper');
  const leader = as('county-leader', 'township-leader');
  const officer = as('county-office', 'township-officer');
  const items = [
    ...(leader.usable.length > 0 ? await plansIn(service, leader, 'draft') : []),
    ...(officer.usable.length > 0 ? await plansIn(service, officer, 'approved') : []),
    ...(officer.usable.length > 0 ? await withoutHelper(service, officer) : []),
  ];
  const due = helper.usable.length > 0 ? await visits(service, helper, businessDayOf(now)) : { items: [], total: 0 };
  return { items: [...items, ...due.items].slice(0, LISTED), total: items.length + due.total };
}

async function visits(service: Pairing, caller: Caller, today: BusinessDay) {
  const { content } = await policyOn(pgSql(service.pool), caller.countyCode, today);
  const { due: total } = await countDue(service, caller, today, content.visits);
  const waiting = await findDue(service, caller, today, content.visits, LISTED);
  const items = waiting.map(
    (each): WorkItem => ({
      id: each.householdId,
      kind: 'visit-due',
      title: `走访 ${each.headName} 家`,
      detail: each.villageName,
      due: each.overdueDays > 0 ? addDays(today, -each.overdueDays) : each.dueBy,
      overdue: each.overdueDays > 0,
      link: `/pairing/visits/new?household=${each.householdId}`,
    }),
  );
  return { items, total };
}

async function plansIn(service: Pairing, caller: Caller, state: 'draft' | 'approved'): Promise<WorkItem[]> {
  const { rows } = await findPlans(pgSql(readsOf(service, caller)), caller, { before: null, limit: LISTED });
  const mine = rows.filter((plan) => (state === 'draft' ? plan.makerId !== caller.id : plan.approverId !== caller.id));
  return mine
    .filter((plan) => plan.state === state)
    .map((plan) => ({
      id: plan.id,
      kind: state === 'draft' ? 'plan-to-approve' : 'plan-to-apply',
      title: `${state === 'draft' ? '审定' : '执行'}${plan.regionName}结对方案`,
      detail: `${plan.makerName} 测算，安排 ${plan.figures?.placed ?? 0} 户`,
      due: null,
      overdue: false,
      link: `/pairing/plans/${plan.id}`,
    }));
}

async function withoutHelper(service: Pairing, caller: Caller): Promise<WorkItem[]> {
  const { rows } = await readsOf(service, caller).query<{ n: number }>(
    `SELECT count(*) AS n FROM platform.household_copy h WHERE NOT h.withdrawn AND h.status IN ('registered', 'returned')
       AND h.village_code LIKE ANY ($1) AND NOT EXISTS (SELECT 1 FROM pairing_link l WHERE l.open_for = h.id)`,
    [likeAny(regionPrefixes(caller))],
  );
  const households = rows[0]?.n ?? 0;
  if (households === 0) return [];
  return [
    {
      id: 'without-helper',
      kind: 'households-without-helper',
      title: `为 ${households} 户落实帮扶责任人`,
      detail: '每户贫困户须有一名帮扶责任人',
      due: null,
      overdue: false,
      link: '/pairing/pairings?state=without',
    },
  ];
}
