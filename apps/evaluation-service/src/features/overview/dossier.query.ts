import type { Dossier } from '@bangfu/contracts/core/every-service';
import { STRATUM_NAMES, type Stratum } from '@bangfu/domain/evaluation/frame';
import { OUTCOME_NAMES } from '@bangfu/domain/evaluation/questionnaire';
import type { HouseholdReturn } from '@bangfu/domain/evaluation/return';
import { pgSql } from '@bangfu/events/sql';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Pool } from '@bangfu/service-kit/db/pool';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import { findHouseholdCopies } from '@bangfu/service-kit/household-copy/household-copy';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Evaluation } from '../../db/client.ts';
import { noteLook } from '../evaluations/looks.ts';

interface Row {
  readonly evaluationId: string;
  readonly name: string;
  readonly date: string;
  readonly stratum: Stratum;
  readonly answer: HouseholdReturn | null;
}

/**
 * Evaluation's part of a household's dossier: the frames it stood in and the visits that came back. Whether it is in a
 * sample is not told before its return is in, so that nobody is prepared for the visit, and never what it answered.
 * @throws Refusal 404
 */
export async function getDossier(service: Evaluation, actor: Actor, householdNumber: string): Promise<Dossier> {
  const { caller } = actor;
  const reads = readsOf(service, caller);
  const rows = await frameRows(reads, caller, householdNumber);
  if (rows.length === 0) await demandKnown(reads, caller, householdNumber);
  for (const { evaluationId } of rows) {
    await noteLook(service, actor, {
      action: 'evaluation.dossier.read',
      evaluationId,
      sensitive: false,
      detail: { householdNumber },
    });
  }
  const visits = rows.flatMap(({ name, answer }) => (answer ? [{ name, answer }] : []));
  const finding = ({ wronglyExited = 0, missed = 0 }: HouseholdReturn) =>
    wronglyExited > 0 ? `错退 ${wronglyExited} 人` : missed > 0 ? `漏评 ${missed} 人` : '未发现问题';
  const table = {
    columns: ['评估项目', '抽样框日期', '所属层', '入户调查', '认定'],
    rows: rows.map(({ name, date, stratum, answer }) => [
      name,
      date,
      STRATUM_NAMES[stratum],
      answer ? `${answer.visitedOn} ${OUTCOME_NAMES[answer.outcome]}` : '—',
      answer?.outcome === 'interviewed' ? finding(answer) : '—',
    ]),
  };
  return {
    sections: rows.length === 0 ? [] : [{ key: 'evaluations', title: '第三方评估', facts: [], table }],
    timeline: visits.map(({ name, answer }) => ({
      at: answer.visitedOn,
      title: '第三方评估入户调查',
      detail: `${name}：${OUTCOME_NAMES[answer.outcome]}`,
    })),
    link: '/evaluation/',
  };
}

async function frameRows(reads: Pool, caller: Caller, householdNumber: string): Promise<Row[]> {
  const { rows } = await reads.query<Row>(
    `SELECT e.id::text AS "evaluationId", e.name, to_char(e.frame_date, 'YYYY-MM-DD') AS date, f.stratum,
       (SELECT r.answer FROM household_return r WHERE r.evaluation_id = e.id AND r.household_number = f.household_number
          AND NOT EXISTS (SELECT 1 FROM household_return c WHERE c.evaluation_id = e.id AND c.corrects = r.return_id)
        ORDER BY r.return_id DESC LIMIT 1) AS answer
     FROM frame_row f JOIN evaluation e ON e.id = f.evaluation_id
     WHERE f.household_number = $1 AND f.county_code = $2 AND f.village_code LIKE ANY ($3) ORDER BY e.id DESC`,
    [householdNumber, caller.countyCode, likeAny(regionPrefixes(caller))],
  );
  return rows;
}

/** Households outside every frame are known by the register's copy. @throws Refusal 404 */
async function demandKnown(reads: Pool, caller: Caller, householdNumber: string): Promise<void> {
  const patterns = likeAny(regionPrefixes(caller));
  const [household] = await findHouseholdCopies(pgSql(reads), { numbers: [householdNumber] }, patterns);
  if (!household) throw notFound();
}
