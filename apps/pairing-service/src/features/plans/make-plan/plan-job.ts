import { isDeepStrictEqual } from 'node:util';
import type { PlanFigures } from '@bangfu/contracts/pairing/plans';
import { type PairingPlan, planChanges } from '@bangfu/domain/pairing/plan';
import { placesKnown } from '@bangfu/domain/pairing/village-distance';
import { DomainError } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { inTransaction } from '@bangfu/data/pool';
import type { EndedJob, JobRun } from '@bangfu/platform/jobs/job';
import type { Pairing } from '../../../db/client.ts';
import { computePlan } from './compute-plan.ts';
import { type LoadedPlan, loadPlanInput } from './plan-input.ts';

export const PLAN_JOB = 'pairing-plan';
export interface PlanJobInput {
  readonly planId: string;
}

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
 * it was computed from still stands. Safe to run again.
 * @throws DomainError PLAN_UNSETTLED and those of `planPairing`
 */
export async function runPlanJob(service: Pairing, run: JobRun<PlanJobInput>): Promise<PlanFigures> {
  const { planId } = run.input;
  const { rows } = await service.pool.query<Ordered & { state: string; figures: PlanFigures }>(
    `SELECT id::text AS id, region_code AS region, county_code AS county, created_at AS at, state, figures
       FROM pairing_plan WHERE id = $1::uuid`,
    [planId],
  );
  const [plan] = rows;
  if (!plan) throw new Error(`there is no plan ${planId}`);
  // A worker that died right after it had kept the plan.
  if (plan.state !== 'computing') return plan.figures;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const figures = await computeOnce(service, run, plan);
    if (figures) return figures;
  }
  throw new DomainError('PLAN_UNSETTLED');
}

/** A cancelled plan is put aside, any other that was not computed has failed; another can be made of the region. */
export async function settlePlan(sql: Sql, { input, how }: EndedJob<PlanJobInput>): Promise<undefined> {
  await sql.query(
    `UPDATE pairing_plan SET state = $2, version = version + 1 WHERE id = $1::uuid AND state = 'computing'`,
    [input.planId, how === 'cancelled' ? 'discarded' : 'failed'],
  );
}

/** Computes a plan and keeps it; null when pairings changed meanwhile. */
async function computeOnce(service: Pairing, run: JobRun<PlanJobInput>, plan: Ordered): Promise<PlanFigures | null> {
  await run.stage('load');
  const loaded = await load(service, plan);
  await run.stage('compute', loaded.input.households.length);
  const computed = await computePlan(loaded.input, () => run.advance(0));
  await run.stage('keep', loaded.input.households.length);
  if (!isDeepStrictEqual(await load(service, plan), loaded)) return null;
  const figures = figuresOf(loaded, computed);
  await inTransaction(service.pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE pairing_plan SET state = 'draft', figures = $2::jsonb, version = version + 1
       WHERE id = $1::uuid AND state = 'computing'`,
      [plan.id, JSON.stringify(figures)],
    );
    if (rowCount !== 1) throw new Error(`plan ${plan.id} is not being computed`);
    await keepPlacements(pgSql(client), plan, computed, loaded.today);
  });
  return figures;
}

/** What the plan is computed from, all of one moment. */
function load(service: Pairing, plan: Ordered): Promise<LoadedPlan> {
  return inTransaction(service.pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const sql = pgSql(client);
    return loadPlanInput(sql, plan.county, plan.region, businessDayOf(plan.at));
  });
}

async function keepPlacements(
  sql: Sql,
  plan: Ordered,
  computed: PairingPlan,
  today: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = computed.placements.map((placement, position) => ({
    household: placement.householdId,
    position,
    cadre: 'helperId' in placement ? placement.helperId : null,
    today: today.get(placement.householdId) ?? null,
    reason: 'reason' in placement ? placement.reason : null,
  }));
  await sql.query(
    `INSERT INTO plan_placement (plan_id, household_id, county_code, position, cadre_id, today_cadre_id, reason)
     SELECT $2::uuid, household, $3, position, cadre, today, reason
     FROM jsonb_to_recordset($1::jsonb) AS x (household uuid, position int, cadre uuid, today uuid, reason text)`,
    [JSON.stringify(rows), plan.id, plan.county],
  );
}

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
