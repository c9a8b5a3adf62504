import { everyService } from '@bangfu/contracts/core/every-service';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { STRATUM_NAMES } from '@bangfu/domain/evaluation/frame';
import { OUTCOME_NAMES } from '@bangfu/domain/evaluation/questionnaire';
import type { HouseholdReturn } from '@bangfu/domain/evaluation/return';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Actor } from '@bangfu/platform/db/command';
import { householdCopies } from '@bangfu/platform/household-copy/table';
import { notFound } from '@bangfu/platform/http/refusal';
import { isUncorrected } from '../../../db/uncorrected.ts';
import { query, type Tables } from '../../../operations.ts';
import { getKept } from '../../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, isOpenToAll, noteEvaluator } from '../../evaluations/looks.ts';

const contract = everyService('evaluation');
type Row = Awaited<ReturnType<typeof frameRows>>[number];

/**
 * Evaluation's part of a household's dossier: the frames it was in and the visits that came back. Whether it is in a
 * sample is said when the evaluation's returns are in, so that no household is prepared for a visit, and never what it
 * answered. The evaluator of a sample reads name and place of its households, which all else masks for him.
 * @throws Refusal 404
 */
export const getDossier = query(contract.getDossier, async (call) => {
  const { read, caller } = call;
  const { householdNumber } = call.params;
  const rows = await frameRows(read, caller, householdNumber);
  if (rows.length === 0) await demandKnown(read, caller, householdNumber);
  const operation = { ...contract.getDossier, audit: 'evaluation.dossier.read' };
  for (const { evaluationId } of rows) {
    await noteEvaluator(call, operation, evaluationId, { householdNumber });
  }
  const evaluations = await evaluationsOf(read, rows);
  for (const row of rows) {
    const evaluation = evaluations.get(row.evaluationId);
    if (!evaluation || !seesSampled(evaluation, call, row.villageCode)) row.answer = null;
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
});

async function evaluationsOf(read: ReadSql<Tables>, rows: readonly Row[]): Promise<Map<string, Shown>> {
  const found = new Map<string, Shown>();
  for (const { evaluationId, answer } of rows) {
    if (answer) found.set(evaluationId, await getKept(read, evaluationId));
  }
  return found;
}

const isWithin = (prefixes: readonly string[], villageCode: string) =>
  prefixes.some((prefix) => villageCode.startsWith(prefix));

const seesSampled = (evaluation: Shown, { caller, now }: Pick<Actor, 'caller' | 'now'>, villageCode: string): boolean =>
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

const frameRows = (read: ReadSql<Tables>, caller: Caller, householdNumber: string) =>
  read
    .selectFrom('frame_row as f')
    .innerJoin('evaluation as e', 'e.id', 'f.evaluation_id')
    .select([
      'e.id as evaluationId',
      'e.name',
      'e.frame_date as date',
      'f.stratum',
      'f.head_name as headName',
      'f.township_name as townshipName',
      'f.village_name as villageName',
      'f.village_code as villageCode',
    ])
    .select((eb) => [
      eb
        .exists(
          eb
            .selectFrom('sample_row as s')
            .select('s.position')
            .whereRef('s.evaluation_id', '=', 'e.id')
            .whereRef('s.household_number', '=', 'f.household_number'),
        )
        .as('isSampled'),
      eb
        .selectFrom('household_return as r')
        .select('r.answer')
        .whereRef('r.evaluation_id', '=', 'e.id')
        .whereRef('r.household_number', '=', 'f.household_number')
        .where((r) => isUncorrected(r))
        .orderBy('r.return_id', 'desc')
        .limit(1)
        .as('answer'),
    ])
    .where('f.household_number', '=', householdNumber)
    .where('f.county_code', '=', caller.countyCode)
    .where((eb) => inRegions(eb.ref('f.village_code'), regionPrefixes(caller)))
    .orderBy('e.id', 'desc')
    .execute();

/** Households outside every frame are known by the register's copy. @throws Refusal 404 */
async function demandKnown(read: ReadSql<Tables>, caller: Caller, householdNumber: string): Promise<void> {
  const household = await householdCopies(read)
    .where('h.number', '=', householdNumber)
    .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
    .executeTakeFirst();
  if (!household) throw notFound();
}
