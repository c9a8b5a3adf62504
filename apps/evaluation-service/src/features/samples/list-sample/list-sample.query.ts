import { maskName } from '@bangfu/domain/shared/person-name';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { StratumCode } from '@bangfu/contracts/evaluation/plan';
import { listSample, SAMPLE_ROLES, type SampleRow } from '@bangfu/contracts/evaluation/samples';
import { pgSql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pool } from '@bangfu/data/pool';
import { byNumber, byPerson, byRatio, byStage, byText, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { readPage } from '@bangfu/platform/http/page';
import { nameKey } from '@bangfu/domain/shared/normalise';
import { nameHolds, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, noteLook, samplePrefixes, seesNames } from '../../evaluations/looks.ts';

const OUTCOME = `(SELECT r.outcome FROM household_return r WHERE r.evaluation_id = s.evaluation_id
  AND r.household_number = s.household_number
  AND NOT EXISTS (SELECT 1 FROM household_return c WHERE c.evaluation_id = r.evaluation_id
    AND c.corrects = r.return_id) ORDER BY r.return_id DESC LIMIT 1)`;

const VILLAGE = byText('s.village_code');
const POSITION = byNumber('s.position');
const ORDER = listOrder<QueryOf<typeof listSample>>(
  {
    householdNumber: byText('s.household_number'),
    headName: byPerson('f.head_name'),
    villageName: VILLAGE,
    stratum: byStage('s.stratum', StratumCode.options),
    persons: byNumber('f.persons'),
    role: byStage('s.role', SAMPLE_ROLES),
    position: POSITION,
    weight: byRatio('s.weight'),
    outcome: nullable(byText(OUTCOME)),
  },
  // In the order of villages and of drawing.
  [VILLAGE, byText('s.role'), byText('s.stratum'), POSITION],
);

/** One page of a sample with names and places, within the given places. @param isMasked whether its reader sees masked names */
export function readSampleRows(
  reads: Pool,
  prefixes: readonly string[],
  evaluationId: string,
  query: Partial<QueryOf<typeof listSample>> & { readonly limit: number },
  isMasked = false,
) {
  const list = {
    columns: `s.household_number AS "householdNumber", s.village_code AS "villageCode",
      f.township_name AS "townshipName", f.village_name AS "villageName", f.head_name AS "headName", s.stratum,
      f.persons, s.role, s.position, s.weight, ${OUTCOME} AS outcome`,
    from: `FROM sample_row s JOIN frame_row f USING (evaluation_id, household_number)
      WHERE s.evaluation_id = $1::uuid AND s.village_code LIKE ANY ($2) AND ($3::text IS NULL OR s.role = $3)
        AND ($4::text IS NULL OR s.stratum = $4)
        AND ($5::text IS NULL OR ${numberBegins('s.household_number', '$5')} OR ${nameHolds('f.head_name', '$5')})`,
    params: [
      evaluationId,
      likeAny([...prefixes]),
      query.role ?? null,
      query.stratum ?? null,
      searchPattern(query.search),
    ],
  };
  return readPage<SampleRow>(pgSql(reads), ORDER, query, list, isMasked);
}

/**
 * The sample within the caller's region: open to its own evaluators, and to office, leaders and auditors when the
 * returns are in.
 * @throws DomainError SAMPLE_CLOSED
 */
export async function findSample(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  query: QueryOf<typeof listSample>,
): Promise<AnswerInputOf<typeof listSample>> {
  const reads = readsOf(service, actor.caller);
  const evaluation = await getVisible(pgSql(reads), evaluationId, actor.caller);
  const prefixes = samplePrefixes(actor, evaluation);
  await noteLook(service, actor, {
    action: listSample.audit ?? '',
    evaluationId,
    sensitive: true,
    detail: { ...query },
  });
  const open = seesNames(actor) || evaluatorPrefixes(actor.caller, evaluationId).length > 0;
  // A name that is masked cannot be searched for.
  const search = open || /^\d+$/.test(nameKey(query.search ?? '')) ? query.search : undefined;
  const page = await readSampleRows(reads, prefixes, evaluationId, { ...query, search }, !open);
  if (open) return page;
  return { ...page, rows: page.rows.map((row) => ({ ...row, headName: maskName(row.headName) })) };
}
