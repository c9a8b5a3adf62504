import { PLAN_STEPS } from '@bangfu/domain/pairing/plan-steps';
import { z } from 'zod';
import { Count, Day, Instant, page, PageQuery, RegionCode, Uuid, Version } from '../core/common.ts';
import { DayInput, SureOfDays } from '../core/inputs.ts';
import { PolicyBasis } from '../core/policy-basis.ts';
import { sortBy } from '../core/list.ts';
import { HOUSEHOLD_STATUSES } from './pairings.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';

const MAKERS = ['county-office', 'township-officer'] as const;
const LEADERS = ['county-leader', 'township-leader'] as const;
const READERS = [...MAKERS, ...LEADERS, 'auditor', 'evaluator'] as const;

export const PLAN_STATES = ['computing', 'draft', 'approved', 'applied', 'withdrawn', 'discarded', 'failed'] as const;
export const UNPLACED_REASONS = ['NO_HELPER', 'ONLY_RELATIVES', 'ONLY_RELATIVES_FREE', 'NO_CAPACITY'] as const;

/** A plan beside today: how many keep their helper, get a first one, change, find none. */
export const PlanFigures = z.object({
  households: Count,
  helpers: Count,
  placed: Count,
  kept: Count,
  added: Count,
  moved: Count,
  unplaced: Count,
  /** Households without a helper today. */
  withoutToday: Count,
  /** Of the unplaced those who stay with today's helper. */
  staying: Count.default(0),
  points: Count,
  /**
   * Of how many villages of the plan the table of divisions says where they lie; of those it says nothing of, only
   * whether they share a township was used. Empty for plans of before this was kept.
   */
  distance: z.enum(['all', 'some', 'none']).nullable().default(null),
});
export type PlanFigures = z.output<typeof PlanFigures>;

export const PairingPlan = z
  .object({
    id: Uuid,
    regionCode: RegionCode,
    regionName: z.string(),
    state: z.enum(PLAN_STATES),
    jobId: Uuid,
    figures: PlanFigures.nullable(),
    /** By which ranks and weights it was computed. */
    basis: PolicyBasis.nullable(),
    makerName: z.string(),
    approverName: z.string().nullable(),
    applierName: z.string().nullable(),
    createdAt: Instant,
    approvedAt: Instant.nullable(),
    appliedAt: Instant.nullable(),
    /** The day from which its pairings hold. */
    appliedFrom: Day.nullable(),
    withdrawnAt: Instant.nullable(),
    withdrawerName: z.string().nullable(),
    withdrawReason: z.string().nullable(),
    /** Whether the caller made it; then another person has to approve it. */
    mine: z.boolean(),
    version: Version,
  })
  .meta({ id: 'PairingPlan' });
export type PairingPlan = z.output<typeof PairingPlan>;

const PlanParams = z.object({ planId: Uuid });
const AtVersion = z.object({ version: Version });

export const makePlan = operation({
  id: 'makePlan',
  owner: 'pairing',
  method: 'POST',
  path: '/plans',
  summary: { zh: '测算结对方案', en: 'Compute the optimal pairing of a region as a job' },
  access: MAKERS,
  audit: 'pairing.plan.ordered',
  body: z.object({ region: RegionCode }),
  answer: PairingPlan,
  status: 202,
});

export const listPlans = operation({
  id: 'listPlans',
  owner: 'pairing',
  method: 'GET',
  path: '/plans',
  summary: { zh: '结对方案', en: 'Pairing plans' },
  access: READERS,
  unsorted: { mine: 'it says who asks', withdrawReason: 'a text' },
  query: PageQuery.extend({
    sort: sortBy(
      'regionName',
      'figures.households',
      'figures.added',
      'figures.moved',
      'figures.unplaced',
      'state',
      'makerName',
      'approverName',
      'applierName',
      'createdAt',
      'approvedAt',
      'appliedAt',
      'appliedFrom',
      'withdrawnAt',
      'withdrawerName',
    ),
  }),
  answer: page(PairingPlan),
});

export const getPlan = operation({
  id: 'getPlan',
  owner: 'pairing',
  method: 'GET',
  path: '/plans/{planId}',
  summary: { zh: '查看结对方案', en: 'One plan with its figures against today' },
  access: READERS,
  params: PlanParams,
  answer: PairingPlan.extend({
    /**
     * The first day from today on, on which all its changes can hold; null until it is approved. While it is still to
     * take effect, the first day it can be moved to.
     */
    earliest: Day.nullable(),
    steps: stepsOf(PLAN_STEPS),
  }),
});

const Helper = z.object({ id: Uuid, name: z.string(), unitName: z.string(), rank: z.string() });

export const PLAN_CHANGES = ['kept', 'added', 'moved', 'unplaced'] as const;

export const PlanRow = z
  .object({
    householdId: Uuid,
    number: z.string(),
    headName: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    status: z.enum(HOUSEHOLD_STATUSES),
    today: Helper.nullable(),
    proposed: Helper.nullable(),
    change: z.enum(PLAN_CHANGES),
    reason: z.enum(UNPLACED_REASONS).nullable(),
    message: z.string().nullable(),
  })
  .meta({ id: 'PlanRow' });
export type PlanRow = z.output<typeof PlanRow>;

export const listPlanRows = operation({
  id: 'listPlanRows',
  owner: 'pairing',
  method: 'GET',
  path: '/plans/{planId}/rows',
  summary: { zh: '结对方案逐户对照', en: 'A plan household by household, against today, with reasons' },
  access: READERS,
  params: PlanParams,
  unsorted: { message: 'it says the reason in words' },
  query: PageQuery.extend({
    change: z.enum(PLAN_CHANGES).optional(),
    sort: sortBy('number', 'headName', 'villageName', 'status', 'today.name', 'proposed.name', 'change', 'reason'),
  }),
  answer: page(PlanRow),
});

export const approvePlan = operation({
  id: 'approvePlan',
  owner: 'pairing',
  method: 'POST',
  path: '/plans/{planId}/approve',
  summary: { zh: '审定结对方案', en: 'Approve a plan that someone else made' },
  access: LEADERS,
  audit: 'pairing.plan.approved',
  params: PlanParams,
  body: AtVersion,
  answer: PairingPlan,
});

export const discardPlan = operation({
  id: 'discardPlan',
  owner: 'pairing',
  method: 'POST',
  path: '/plans/{planId}/discard',
  summary: { zh: '放弃或退回结对方案', en: 'Put a plan aside that was not applied' },
  access: [...MAKERS, ...LEADERS],
  audit: 'pairing.plan.discarded',
  params: PlanParams,
  body: AtVersion,
  answer: PairingPlan,
});

export const applyPlan = operation({
  id: 'applyPlan',
  owner: 'pairing',
  method: 'POST',
  path: '/plans/{planId}/apply',
  summary: { zh: '执行结对方案', en: 'Put an approved plan into force as one step' },
  access: MAKERS,
  audit: 'pairing.plan.applied',
  params: PlanParams,
  body: AtVersion.extend({ from: DayInput, sureOfDays: SureOfDays }),
  answer: PairingPlan,
});

const REVERSERS = [...MAKERS, ...LEADERS] as const;
const Reversed = AtVersion.extend({ reason: z.string().max(200) });

export const withdrawPlan = operation({
  id: 'withdrawPlan',
  owner: 'pairing',
  method: 'POST',
  path: '/plans/{planId}/withdraw',
  summary: { zh: '撤回尚未生效的结对方案', en: 'Take back a plan before it takes effect; who applied it cannot' },
  access: REVERSERS,
  audit: 'pairing.plan.withdrawn',
  params: PlanParams,
  body: Reversed,
  answer: PairingPlan,
});

export const movePlan = operation({
  id: 'movePlan',
  owner: 'pairing',
  method: 'POST',
  path: '/plans/{planId}/move',
  summary: { zh: '更改尚未生效的结对方案的日期', en: 'Move a plan to another day before it takes effect' },
  access: REVERSERS,
  audit: 'pairing.plan.moved',
  params: PlanParams,
  body: Reversed.extend({ to: DayInput, sureOfDays: SureOfDays }),
  answer: PairingPlan,
});
