import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { HOUSEHOLD_STATUSES, STRATA, type Stratum, stratumTotals } from '@bangfu/domain/evaluation/frame';
import { demandFrameDay, demandVillages, requireCoveringDesign, stratumOf } from '@bangfu/domain/evaluation/plan';
import { requireSeedPlan } from '@bangfu/domain/evaluation/procedure';
import { requireApproval } from '@bangfu/domain/evaluation/thresholds';
import { demand } from '@bangfu/domain/shared/errors';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { frameFrozen } from '@bangfu/events/catalog/evaluation';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { likeAny } from '@bangfu/data/scope';
import type { EndedJob, JobRun } from '@bangfu/platform/jobs/job';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../evaluation.repository.ts';
import { frameHash, loadFrame, registerHash } from '../frame.repository.ts';

export interface FreezeJobInput {
  readonly evaluationId: string;
}

/** Works off an ordered freeze. Safe to run again. */
export function runFreezeJob(service: Evaluation, run: JobRun<FreezeJobInput>): Promise<{ hash: string }> {
  const actor = { caller: run.caller, now: service.clock() };
  return freezeNow(service, actor, run.input.evaluationId, (name, total) => run.stage(name, total));
}

/** A refused or cancelled freeze leaves the plan as it was. */
export async function settleFreeze(sql: Sql, { id, input }: EndedJob<FreezeJobInput>): Promise<undefined> {
  await sql.query(
    `UPDATE evaluation SET state = 'draft', frame_job_id = NULL, version = version + 1
     WHERE id = $1::uuid AND state = 'freezing' AND frame_job_id = $2::uuid`,
    [input.evaluationId, id],
  );
}

/**
 * Freezes the frame: all rural households of the evaluation's regions as the register stands at this moment, copied in
 * one statement, hashed from the copied rows, in one transaction. `stage` hears of its parts and may end it by throwing.
 * @throws DomainError THRESHOLDS_NOT_APPROVED, FRAME_EMPTY, FRAME_DATE_NOT_TODAY, SAMPLE_VILLAGES_INVALID,
 * SAMPLE_STRATUM_LEFT_OUT
 */
export function freezeNow(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  stage: (name: string, total?: number) => Promise<void> = async () => undefined,
): Promise<{ hash: string }> {
  const op = { id: 'freezeFrame', status: 200 } as const;
  return runCommand(service.bulk, service.newId, op, actor, { evaluationId }, async (client, sql) => {
    await client.query('SELECT 1 FROM evaluation WHERE id = $1::uuid FOR UPDATE', [evaluationId]);
    const evaluation = await getVisible(sql, evaluationId, actor.caller);
    if (evaluation.frame) return { answer: { hash: evaluation.frame.hash }, audit: [] };
    demand(['draft', 'freezing'].includes(evaluation.state), 'EVALUATION_NOT_DRAFT');
    requireApproval(evaluation.thresholdsApproval);
    demandFrameDay(evaluation.frameDate, actor.now);
    requireSeedPlan(evaluation.seedPlan, evaluation, evaluation.signer !== null);
    await stage('frame');
    const withoutMembers = await copyRegister(sql, evaluation, actor.caller.countyCode);
    await stage('hash');
    const frame = await loadFrame(sql, evaluation);
    demandVillages(evaluation.design, new Set(frame.rows.map((row) => row.village)).size);
    const sealed = await registerHash(sql, evaluationId);
    const totals = stratumTotals(frame);
    const inFrame = STRATA.map((stratum) => [stratum, totals[stratum].households]);
    requireCoveringDesign(evaluation.design, Object.fromEntries(inFrame) as Record<Stratum, number>);
    const hash = frameHash(frame);
    const households = frame.rows.length;
    await stage('keep', households);
    const persons = frame.rows.reduce((sum, row) => sum + row.persons, 0);
    await sql.query(
      `UPDATE evaluation SET state = 'frozen', frame_hash = $2, frame_households = $3::int, frame_persons = $4::int,
         frame_without_members = $5::int, frame_totals = $6::jsonb, frozen_at = $7::timestamptz, frozen_by = $8,
         frozen_account_id = $9, register_hash = $10, version = version + 1
       WHERE id = $1::uuid`,
      [
        evaluationId,
        hash,
        households,
        persons,
        withoutMembers,
        JSON.stringify(totals),
        actor.now.toISOString(),
        actor.caller.name,
        actor.caller.id,
        sealed,
      ],
    );
    const { name, frameDate: date, regions } = evaluation;
    return {
      answer: { hash },
      audit: [
        {
          action: 'evaluation.frame.frozen',
          recordType: 'evaluation',
          recordId: evaluationId,
          change: { after: { date, hash, register: sealed, households, persons, withoutMembers } },
        },
      ],
      events: [
        frameFrozen.of(actor.caller.countyCode, { evaluationId, name, date, hash, households, persons, regions }),
      ],
    };
  });
}

const scopeOf = ({ regions }: Shown) => likeAny(regions.map((code) => scopePrefix(code as RegionCode)));

/** How many villages of the scope have a household that a frame would hold. */
export async function villagesInScope(sql: Sql, evaluation: Shown, countyCode: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `SELECT count(DISTINCT h.village_code)::int AS n FROM platform.household_copy h
     WHERE NOT h.withdrawn AND h.county_code = $1 AND h.village_code LIKE ANY ($2::text[]) AND h.member_count > 0`,
    [countyCode, scopeOf(evaluation)],
  );
  return row?.n ?? 0;
}

/** The stratum of every status, monitored or not, as the SQL looks it up. */
const STRATUM_BY_STATUS = JSON.stringify(
  Object.fromEntries(
    HOUSEHOLD_STATUSES.flatMap((status) => [
      [`${status} false`, stratumOf(status, false)],
      [`${status} true`, stratumOf(status, true)],
    ]),
  ),
);

/** How many households of each stratum a frame of the scope would hold. */
export async function householdsInScope(
  sql: Sql,
  evaluation: Shown,
  countyCode: string,
): Promise<Record<Stratum, number>> {
  const rows = await sql.query<{ stratum: Stratum; n: number }>(
    `SELECT $3::text::jsonb ->> (h.status || ' ' || h.monitored) AS stratum, count(*)::int AS n
     FROM platform.household_copy h
     WHERE NOT h.withdrawn AND h.county_code = $1 AND h.village_code LIKE ANY ($2::text[]) AND h.member_count > 0
     GROUP BY 1`,
    [countyCode, scopeOf(evaluation), STRATUM_BY_STATUS],
  );
  const counted = new Map(rows.map(({ stratum, n }) => [stratum, n]));
  return Object.fromEntries(STRATA.map((stratum) => [stratum, counted.get(stratum) ?? 0])) as Record<Stratum, number>;
}

/** Copies the households of the scope into the frame; tells how many were left out for want of a member. */
async function copyRegister(sql: Sql, evaluation: Shown, countyCode: string): Promise<number> {
  const patterns = scopeOf(evaluation);
  await sql.query(
    `INSERT INTO frame_row (evaluation_id, household_number, household_id, county_code, village_code, village_name,
       township_name, head_name, stratum, persons, status)
     SELECT $1::uuid, h.number, h.id, h.county_code, h.village_code, h.village_name, h.township_name, h.head_name,
       $4::text::jsonb ->> (h.status || ' ' || h.monitored), h.member_count, h.status
     FROM platform.household_copy h
     WHERE NOT h.withdrawn AND h.county_code = $2 AND h.village_code LIKE ANY ($3::text[]) AND h.member_count > 0`,
    [evaluation.id, countyCode, patterns, STRATUM_BY_STATUS],
  );
  await sql.query(
    `INSERT INTO frame_register (evaluation_id, household_number, county_code, monitored, category, main_cause,
       per_capita_income_fen)
     SELECT f.evaluation_id, f.household_number, f.county_code, h.monitored, h.category, h.main_cause,
       h.per_capita_income_fen
     FROM frame_row f JOIN platform.household_copy h ON h.id = f.household_id WHERE f.evaluation_id = $1::uuid`,
    [evaluation.id],
  );
  const [row] = await sql.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM platform.household_copy h
     WHERE NOT h.withdrawn AND h.county_code = $1 AND h.village_code LIKE ANY ($2::text[]) AND h.member_count = 0`,
    [countyCode, patterns],
  );
  return row?.n ?? 0;
}
