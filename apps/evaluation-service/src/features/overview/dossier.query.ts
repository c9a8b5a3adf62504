import type { Dossier } from '@bangfu/contracts/core/every-service';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { STRATUM_NAMES, type Stratum } from '@bangfu/domain/evaluation/frame';
import { OUTCOME_NAMES } from '@bangfu/domain/evaluation/questionnaire';
import type { HouseholdReturn } from '@bangfu/domain/evaluation/return';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pool } from '@bangfu/data/pool';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { findHouseholdCopies } from '@bangfu/platform/household-copy/household-copy';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Evaluation } from '../../db/client.ts';
import { getKept } from '../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, isOpenToAll, noteLook } from '../evaluations/looks.ts';

interface Row {
  readonly isSampled: boolean;
  readonly headName: string;
  readonly townshipName: string;
  readonly villageName: string;
  readonly villageCode: string;
  readonly evaluationId: string;
  readonly name: string;
  readonly date: string;
  readonly stratum: Stratum;
  answer: HouseholdReturn | null;
}

/**
 * Evaluation's part of a household's dossier: the frames it stood in and the visits that came back. Whether it is in a
 * sample is said when the evaluation's returns are in, so that nobody is prepared for a visit, and never what it
 * answered. The evaluator of a sample reads name and place of its households, which all else masks for him.
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
  const evaluations = await evaluationsOf(reads, rows);
  for (const row of rows) {
    const evaluation = evaluations.get(row.evaluationId);
    if (!evaluation || !seesSampled(evaluation, actor, row.villageCode)) row.answer = null;
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
    sections:
      rows.length === 0 ? [] : [{ key: 'evaluations', title: '第三方评估', facts: namedBy(caller, rows), table }],
    timeline: visits.map(({ name, answer }) => ({
      at: answer.visitedOn,
      title: '第三方评估入户调查',
      detail: `${name}：${OUTCOME_NAMES[answer.outcome]}`,
    })),
    link: '/evaluation/',
  };
}

async function evaluationsOf(reads: Pool, rows: readonly Row[]): Promise<Map<string, Shown>> {
  const found = new Map<string, Shown>();
  for (const { evaluationId, answer } of rows) {
    if (answer) found.set(evaluationId, await getKept(pgSql(reads), evaluationId));
  }
  return found;
}

const isWithin = (prefixes: readonly string[], villageCode: string) =>
  prefixes.some((prefix) => villageCode.startsWith(prefix));

const seesSampled = (evaluation: Shown, { caller, now }: Actor, villageCode: string): boolean =>
  isOpenToAll(evaluation, now) || isWithin(evaluatorPrefixes(caller, evaluation.id), villageCode);

/** Name and place of a household for the evaluator in whose sample it is. */
function namedBy(caller: Caller, rows: readonly Row[]) {
  const own = rows.find(
    (row) => row.isSampled && isWithin(evaluatorPrefixes(caller, row.evaluationId), row.villageCode),
  );
  if (!own) return [];
  return [
    { label: '户主', value: own.headName },
    { label: '住址', value: `${own.townshipName}${own.villageName}` },
  ];
}

async function frameRows(reads: Pool, caller: Caller, householdNumber: string): Promise<Row[]> {
  const { rows } = await reads.query<Row>(
    `SELECT e.id::text AS "evaluationId", e.name, to_char(e.frame_date, 'YYYY-MM-DD') AS date, f.stratum,
       f.head_name AS "headName", f.township_name AS "townshipName", f.village_name AS "villageName",
       f.village_code AS "villageCode", EXISTS (SELECT 1 FROM sample_row s WHERE s.evaluation_id = e.id
         AND s.household_number = f.household_number) AS "isSampled",
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
