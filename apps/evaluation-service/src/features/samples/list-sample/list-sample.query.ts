import { maskName } from '@bangfu/domain/shared/person-name';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { listSample, type SampleRow } from '@bangfu/contracts/evaluation/samples';
import { pgSql } from '@bangfu/events/sql';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Pool } from '@bangfu/service-kit/db/pool';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { nameKey } from '@bangfu/domain/shared/normalise';
import { nameHolds, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, noteLook, samplePrefixes, seesNames } from '../../evaluations/looks.ts';

interface SampleQuery {
  readonly role?: string | undefined;
  readonly stratum?: string | undefined;
  readonly search?: string | undefined;
  readonly after?: string | null;
  readonly limit: number;
}

/** Rows of a sample with names and places, within the given places; in the order of villages and of drawing. */
export async function readSampleRows(
  reads: Pool,
  prefixes: readonly string[],
  evaluationId: string,
  query: SampleQuery,
): Promise<{ rows: (SampleRow & { key: string })[]; total: number }> {
  const key = `s.village_code || s.role || s.stratum || to_char(s.position, 'FM00000')`;
  const from = `FROM sample_row s JOIN frame_row f USING (evaluation_id, household_number)
    WHERE s.evaluation_id = $1::uuid AND s.village_code LIKE ANY ($2) AND ($3::text IS NULL OR s.role = $3)
      AND ($4::text IS NULL OR s.stratum = $4)
      AND ($5::text IS NULL OR s.household_number ~ $5 OR ${nameHolds('f.head_name', '$5')})`;
  const params = [
    evaluationId,
    likeAny([...prefixes]),
    query.role ?? null,
    query.stratum ?? null,
    searchPattern(query.search),
  ];
  const { rows } = await reads.query<SampleRow & { key: string }>(
    `SELECT ${key} AS key, s.household_number AS "householdNumber", s.village_code AS "villageCode",
       f.township_name AS "townshipName", f.village_name AS "villageName", f.head_name AS "headName", s.stratum,
       f.persons, s.role, s.position, s.weight,
       (SELECT r.outcome FROM household_return r WHERE r.evaluation_id = s.evaluation_id
          AND r.household_number = s.household_number
          AND NOT EXISTS (SELECT 1 FROM household_return c WHERE c.evaluation_id = r.evaluation_id
            AND c.corrects = r.return_id) ORDER BY r.return_id DESC LIMIT 1) AS outcome
     ${from} AND ($6::text IS NULL OR ${key} > $6) ORDER BY ${key} LIMIT $7`,
    [...params, query.after ?? null, query.limit],
  );
  const count = await reads.query<{ n: number }>(`SELECT count(*) AS n ${from}`, params);
  return { rows, total: count.rows[0]?.n ?? 0 };
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
  const after = decodeCursor(query.cursor, 1);
  const { rows, total } = await readSampleRows(reads, prefixes, evaluationId, {
    ...query,
    // A name that is masked cannot be searched for.
    search: open || /^\d+$/.test(nameKey(query.search ?? '')) ? query.search : undefined,
    after: after ? String(after[0]) : null,
    limit: query.limit + 1,
  });
  const page = toPage(rows, query.limit, total, (row) => [row.key]);
  const shown = ({ key: _, ...row }: SampleRow & { key: string }) =>
    open ? row : { ...row, headName: maskName(row.headName) };
  return { ...page, rows: page.rows.map(shown) };
}
