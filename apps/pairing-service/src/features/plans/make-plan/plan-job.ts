import { isDeepStrictEqual } from 'node:util';
import type { PlanFigures } from '@bangfu/contracts/pairing/plans';
import { type PairingPlan, planChanges } from '@bangfu/domain/pairing/plan';
import { placesKnown } from '@bangfu/domain/pairing/village-distance';
import { DomainError } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { insertMany } from '@bangfu/data/insert-many';
import { typedSql, typedTransaction } from '@bangfu/data/typed-sql';
import type { JobRun } from '@bangfu/platform/jobs/job';
import type { ServiceKit } from '@bangfu/platform/service';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { job, type Tables } from '../../../operations.ts';
import { computePlan } from './compute-plan.ts';
import { type LoadedPlan, loadPlanInput } from './plan-input.ts';

/** How often a plan is computed anew because pairings changed while it was. */
const ATTEMPTS = 3;

interface Ordered {
  readonly id: string;
  readonly region: string;
  readonly county: string;
  readonly at: Date;
}

/**
 * Computes a plan and keeps it as a draft beside today. Nothing is locked while it computes; it is kept only when what
 * it was computed from still stands. Safe to run again. A cancelled plan is put aside, any other that was not computed
 * has failed; another can be made of the region.
 * @throws DomainError PLAN_UNSETTLED and those of `planPairing`
 */
export const planJob = job('pairing-plan', {
  input: z.object({ planId: z.uuid() }),
  run: async ({ kit, input: { planId }, stage, advance }) => {
    const plan = await typedSql<Tables>(kit.pool)
      .selectFrom('pairing_plan as p')
      .where('p.id', '=', planId)
      .select(['p.id', 'p.region_code as region', 'p.county_code as county', 'p.created_at as at'])
      .select(['p.state', 'p.figures'])
      .executeTakeFirst();
    if (!plan) throw new Error(`there is no plan ${planId}`);
    // A worker that died right after it had kept the plan.
    if (plan.state !== 'computing') return plan.figures;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const figures = await computeOnce(kit, { stage, advance }, plan);
      if (figures) return figures;
    }
    throw new DomainError('PLAN_UNSETTLED');
  },
  settle: async ({ tx, input, how }) => {
    await tx.sql
      .updateTable('pairing_plan')
      .set((eb) => ({ state: how === 'cancelled' ? 'discarded' : 'failed', version: eb('version', '+', 1) }))
      .where('id', '=', input.planId)
      .where('state', '=', 'computing')
      .execute();
  },
});

/** Computes a plan and keeps it; null when pairings changed meanwhile. */
async function computeOnce(
  kit: ServiceKit,
  run: Pick<JobRun<unknown>, 'stage' | 'advance'>,
  plan: Ordered,
): Promise<PlanFigures | null> {
  await run.stage('load');
  const loaded = await load(kit, plan);
  await run.stage('compute', loaded.input.households.length);
  const computed = await computePlan(loaded.input, () => run.advance(0));
  await run.stage('keep', loaded.input.households.length);
  if (!isDeepStrictEqual(await load(kit, plan), loaded)) return null;
  const figures = figuresOf(loaded, computed);
  await typedTransaction<Tables, void>(kit.pool, async (tx) => {
    const { numUpdatedRows } = await tx.sql
      .updateTable('pairing_plan')
      .set((eb) => ({
        state: 'draft',
        figures: JSON.stringify(figures),
        policy_id: loaded.policyId,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', plan.id)
      .where('state', '=', 'computing')
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Error(`plan ${plan.id} is not being computed`);
    await keepPlacements(tx.sql, plan, computed, loaded.today);
  });
  return figures;
}

/** What the plan is computed from, all of one moment. */
const load = (kit: ServiceKit, plan: Ordered): Promise<LoadedPlan> =>
  typedTransaction<Tables, LoadedPlan>(kit.pool, async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx.sql);
    return loadPlanInput(tx.sql, plan.county, plan.region, businessDayOf(plan.at));
  });

const keepPlacements = (
  write: Kysely<Tables>,
  plan: Ordered,
  computed: PairingPlan,
  today: ReadonlyMap<string, string>,
): Promise<void> =>
  insertMany(
    write,
    'plan_placement',
    computed.placements.map((placement, position) => ({
      plan_id: plan.id,
      household_id: placement.householdId,
      county_code: plan.county,
      position,
      cadre_id: 'helperId' in placement ? placement.helperId : null,
      today_cadre_id: today.get(placement.householdId) ?? null,
      reason: 'reason' in placement ? placement.reason : null,
    })),
  );

function figuresOf({ input, today }: LoadedPlan, computed: PairingPlan): PlanFigures {
  const households = input.households.length;
  const villages = [...input.households.map(({ village }) => village), ...input.units.flatMap((unit) => unit.villages)];
  const staying = computed.placements.filter((each) => 'reason' in each && today.has(each.householdId)).length;
  const changes = planChanges(computed, today);
  const moved = changes.filter((change) => change.from !== undefined).length;
  return {
    households,
    helpers: input.helpers.length,
    placed: computed.placed,
    kept: computed.kept,
    added: changes.length - moved,
    moved,
    unplaced: households - computed.placed,
    withoutToday: households - today.size,
    staying,
    points: computed.cost,
    distance: placesKnown(villages, input.places ?? new Map()),
  };
}
