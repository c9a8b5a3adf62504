import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/plans';
import { orderOf } from '@bangfu/data/typed-order';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { type ExpressionBuilder, sql } from 'kysely';
import { query, type Tables } from '../../../operations.ts';
import { plans, plansWithin, shownPlan } from '../plan.repository.ts';

const figure =
  (name: keyof contract.PlanFigures) => (eb: ExpressionBuilder<Tables & { p: Tables['pairing_plan'] }, 'p'>) =>
    sql<number | null>`(${eb.ref('p.figures')} ->> ${name}::text)::bigint`;

const ORDER = orderOf<QueryOf<typeof contract.listPlans>>()(
  plans,
  ({ text, name, number, stage, instant, day, id }) => ({
    columns: {
      regionName: text('p.region_code'),
      state: stage('p.state', contract.PLAN_STATES),
      'figures.households': { ...number(figure('households')), nullable: true },
      'figures.added': { ...number(figure('added')), nullable: true },
      'figures.moved': { ...number(figure('moved')), nullable: true },
      'figures.unplaced': { ...number(figure('unplaced')), nullable: true },
      makerName: name('p.maker_name'),
      approverName: { ...name('p.approver_name'), nullable: true },
      applierName: { ...name('p.applier_name'), nullable: true },
      createdAt: instant('p.created_at'),
      approvedAt: { ...instant('p.approved_at'), nullable: true },
      appliedAt: { ...instant('p.applied_at'), nullable: true },
      appliedFrom: { ...day('p.applied_from'), nullable: true },
      withdrawnAt: { ...instant('p.withdrawn_at'), nullable: true },
      withdrawerName: { ...name('p.withdrawer_name'), nullable: true },
    },
    // Ids are ordered by time.
    own: [{ ...id('p.id'), down: true }],
  }),
);

/** The plans of regions within the scope, latest first. */
export const listPlans = query(contract.listPlans, async ({ read, caller, query: asked }) => {
  const page = await pageOfList(plansWithin(read, caller), ORDER, asked);
  return { ...page, rows: page.rows.map((row) => shownPlan(row, caller)) };
});
