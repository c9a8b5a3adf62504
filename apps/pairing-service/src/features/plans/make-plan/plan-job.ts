import type { PlanFigures } from '@bangfu/contracts/pairing/plans';
import { type PairingPlan, planChanges, planPairing } from '@bangfu/domain/pairing/plan';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/events/sql';
import { inTransaction } from '@bangfu/service-kit/db/pool';
import type { JobRun } from '@bangfu/service-kit/jobs/job';
import { isDatabaseAway } from '@bangfu/service-kit/jobs/worker';
import type { Pairing } from '../../../db/client.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { type LoadedPlan, loadPlanInput } from './plan-input.ts';

export const PLAN_JOB = 'pairing-plan';
export interface PlanJobInput {
  readonly planId: string;
}

/** Computes a plan and keeps it as a draft beside today; all in one transaction, so it can begin anew. */
export async function runPlanJob(service: Pairing, run: JobRun<PlanJobInput>): Promise<PlanFigures> {
  const { planId } = run.input;
  try {
    return await inTransaction(service.pool, async (client) => {
      const sql = pgSql(client);
      const [plan] = await sql.query<{ region: string; county: string; at: Date }>(
        `SELECT region_code AS region, county_code AS county, created_at AS at FROM pairing_plan
         WHERE id = $1::uuid AND state = 'computing' FOR UPDATE`,
        [planId],
      );
      if (!plan) throw new Error(`plan ${planId} is not being computed`);
      await run.stage('load');
      const { content } = await policyOn(sql, plan.county, businessDayOf(plan.at));
      const loaded = await loadPlanInput(sql, plan.county, plan.region, content);
      await run.stage('compute', loaded.input.households.length);
      const computed = planPairing(loaded.input);
      await run.stage('keep', loaded.input.households.length);
      await keepPlacements(sql, planId, plan.county, computed, loaded.today);
      const figures = figuresOf(loaded, computed);
      await sql.query(
        `UPDATE pairing_plan SET state = 'draft', figures = $2::jsonb, version = version + 1 WHERE id = $1::uuid`,
        [planId, JSON.stringify(figures)],
      );
      return figures;
    });
  } catch (error) {
    if (!isDatabaseAway(error)) {
      await service.pool.query(
        `UPDATE pairing_plan SET state = 'failed', version = version + 1 WHERE id = $1::uuid AND state = 'computing'`,
        [planId],
      );
    }
    throw error;
  }
}

async function keepPlacements(
  sql: Sql,
  planId: string,
  countyCode: string,
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
    [JSON.stringify(rows), planId, countyCode],
  );
}

function figuresOf({ input, today }: LoadedPlan, computed: PairingPlan): PlanFigures {
  const households = input.households.length;
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
    points: computed.cost,
  };
}
