import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { HOUSEHOLD_STATUSES, STRATA, type Stratum, stratumTotals } from '@bangfu/domain/evaluation/frame';
import { demandFrameDay, demandVillages, requireCoveringDesign, stratumOf } from '@bangfu/domain/evaluation/plan';
import { requireSeedPlan } from '@bangfu/domain/evaluation/procedure';
import { demand } from '@bangfu/domain/shared/errors';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { frameFrozen } from '@bangfu/events/catalog/evaluation';
import type { Actor } from '@bangfu/platform/db/command';
import { carryOut } from '@bangfu/platform/operation/operation';
import type { ServiceKit } from '@bangfu/platform/service';
import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import { job, type Tables } from '../../../operations.ts';
import { getVisible, lockEvaluation } from '../evaluation.repository.ts';
import { frameHash, loadFrame, registerHash } from '../frame.repository.ts';

/** The job of a freeze; one that is refused or cancelled leaves the plan as it was. */
export const freeze = job('freeze-frame', {
  input: z.object({ evaluationId: z.uuid() }),
  run: ({ kit, caller, now, input, stage }) => freezeNow(kit, { caller, now }, input.evaluationId, stage),
  settle: async ({ tx, id, input }) => {
    await tx.sql
      .updateTable('evaluation')
      .set((eb) => ({ state: 'draft', frame_job_id: null, version: eb('version', '+', 1) }))
      .where('id', '=', input.evaluationId)
      .where('state', '=', 'freezing')
      .where('frame_job_id', '=', id)
      .execute();
  },
});

/**
 * Freezes the frame: all rural households of the evaluation's regions as the register is at this moment, copied in
 * one statement, hashed from the copied rows, in one transaction. `stage` hears of its parts and may end it by throwing.
 * @throws DomainError FRAME_EMPTY, FRAME_DATE_NOT_TODAY, SAMPLE_VILLAGES_INVALID,
 * SAMPLE_STRATUM_LEFT_OUT
 */
export function freezeNow(
  kit: ServiceKit,
  actor: Actor,
  evaluationId: string,
  stage: (name: string, total?: number) => Promise<void> = async () => undefined,
): Promise<{ hash: string }> {
  const op = { id: 'freezeFrame', status: 200, audit: 'evaluation.frame.frozen' } as const;
  return carryOut<Tables, { hash: string }>(kit, op, actor, { evaluationId }, async (call) => {
    const { tx, caller, now, audit } = call;
    await lockEvaluation(tx, evaluationId);
    const evaluation = await getVisible(tx.sql, evaluationId, caller);
    if (evaluation.frame) {
      audit.nothing();
      return { hash: evaluation.frame.hash };
    }
    demand(['draft', 'freezing'].includes(evaluation.state), 'EVALUATION_NOT_DRAFT');
    demandFrameDay(evaluation.frameDate, now);
    requireSeedPlan(evaluation.seedPlan, evaluation, evaluation.signer !== null);
    await stage('frame');
    const withoutMembers = await copyRegister(tx, evaluation, caller.countyCode);
    await stage('hash');
    const frame = await loadFrame(tx.sql, evaluation);
    demandVillages(evaluation.design, new Set(frame.rows.map((row) => row.village)).size);
    const register = await registerHash(tx.sql, evaluationId);
    const totals = stratumTotals(frame);
    const inFrame = STRATA.map((stratum) => [stratum, totals[stratum].households]);
    requireCoveringDesign(evaluation.design, Object.fromEntries(inFrame) as Record<Stratum, number>);
    const hash = frameHash(frame);
    const households = frame.rows.length;
    await stage('keep', households);
    const { thresholds } = evaluation;
    const persons = frame.rows.reduce((sum, row) => sum + row.persons, 0);
    await tx.sql
      .updateTable('evaluation')
      .set({
        state: 'frozen',
        // Afterwards nobody can fit them to the sample.
        thresholds: JSON.stringify(thresholds),
        policy_id: thresholds.policyId,
        frame_hash: hash,
        frame_households: households,
        frame_persons: persons,
        frame_without_members: withoutMembers,
        frame_totals: JSON.stringify(totals),
        frozen_at: now,
        frozen_by: caller.name,
        frozen_account_id: caller.id,
        register_hash: register,
        version: evaluation.version + 1,
      })
      .where('id', '=', evaluationId)
      .execute();
    const { name, frameDate: date, regions } = evaluation;
    const { policyId } = thresholds;
    audit.change('evaluation', evaluationId, null, {
      date,
      hash,
      register,
      households,
      persons,
      withoutMembers,
      policyId,
    });
    call.emit(frameFrozen.of(caller.countyCode, { evaluationId, name, date, hash, households, persons, regions }));
    return { hash };
  });
}

/** The register's households of an evaluation's regions. */
const inScope = (read: ReadSql<Tables>, { regions }: Shown, countyCode: string) =>
  read
    .selectFrom('household_copy as h')
    .where('h.withdrawn', '=', false)
    .where('h.county_code', '=', countyCode)
    .where((eb) =>
      inRegions(
        eb.ref('h.village_code'),
        regions.map((code) => scopePrefix(code as RegionCode)),
      ),
    );

/** How many villages of the scope have a household that a frame would hold. */
export async function villagesInScope(read: ReadSql<Tables>, evaluation: Shown, countyCode: string): Promise<number> {
  const { n } = await inScope(read, evaluation, countyCode)
    .where('h.member_count', '>', 0)
    .select(({ fn }) => fn.count<number>('h.village_code').distinct().as('n'))
    .executeTakeFirstOrThrow();
  return n;
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

/** The stratum of `household_copy h`. */
const stratumSql = ({ ref }: ExpressionBuilder<Tables & { h: Tables['household_copy'] }, 'h'>) =>
  sql<Stratum>`${STRATUM_BY_STATUS}::text::jsonb ->> (${ref('h.status')} || ' ' || ${ref('h.monitored')})`;

/** How many households of each stratum a frame of the scope would hold. */
export async function householdsInScope(
  read: ReadSql<Tables>,
  evaluation: Shown,
  countyCode: string,
): Promise<Record<Stratum, number>> {
  const rows = await inScope(read, evaluation, countyCode)
    .where('h.member_count', '>', 0)
    .select((eb) => [stratumSql(eb).as('stratum'), eb.fn.countAll<number>().as('n')])
    .groupBy('stratum')
    .execute();
  const counted = new Map(rows.map(({ stratum, n }) => [stratum, n]));
  return Object.fromEntries(STRATA.map((stratum) => [stratum, counted.get(stratum) ?? 0])) as Record<Stratum, number>;
}

/** Copies the households of the scope into the frame. @returns how many were left out for want of a member */
async function copyRegister(
  { sql: tables }: Transaction<Tables>,
  evaluation: Shown,
  countyCode: string,
): Promise<number> {
  const { id } = evaluation;
  await tables
    .insertInto('frame_row')
    .columns([
      'evaluation_id',
      'household_number',
      'household_id',
      'county_code',
      'village_code',
      'village_name',
      'township_name',
      'head_name',
      'stratum',
      'persons',
      'status',
    ])
    .expression(
      inScope(tables, evaluation, countyCode)
        .where('h.member_count', '>', 0)
        .select((eb) => [
          sql<string>`${id}::uuid`.as('evaluation_id'),
          'h.number',
          'h.id',
          'h.county_code',
          'h.village_code',
          'h.village_name',
          'h.township_name',
          'h.head_name',
          stratumSql(eb).as('stratum'),
          'h.member_count',
          'h.status',
        ]),
    )
    .execute();
  await tables
    .insertInto('frame_register')
    .columns([
      'evaluation_id',
      'household_number',
      'county_code',
      'monitored',
      'category',
      'main_cause',
      'per_capita_income_fen',
    ])
    .expression(
      tables
        .selectFrom('frame_row as f')
        .innerJoin('household_copy as h', 'h.id', 'f.household_id')
        .where('f.evaluation_id', '=', id)
        .select([
          'f.evaluation_id',
          'f.household_number',
          'f.county_code',
          'h.monitored',
          'h.category',
          'h.main_cause',
          'h.per_capita_income_fen',
        ]),
    )
    .execute();
  const { n } = await inScope(tables, evaluation, countyCode)
    .where('h.member_count', '=', 0)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}
