import { instant } from '@bangfu/service-kit/db/instant';
import { Evaluation as EvaluationSchema, type Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import type { Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { conflict, notFound } from '@bangfu/service-kit/http/refusal';
import type { Tx } from '../../db/client.ts';

const day = (column: string) => `to_char(e.${column}, 'YYYY-MM-DD')`;

/** An evaluation in the contract's shape, straight from its row. */
const SHOWN = `jsonb_build_object(
  'id', e.id, 'name', e.name, 'frameDate', ${day('frame_date')}, 'regions', e.regions, 'thresholds', e.thresholds,
  'design', e.design, 'fieldFrom', ${day('field_from')}, 'fieldTo', ${day('field_to')}, 'state', e.state,
  'thresholdsBy', e.thresholds_by,
  'thresholdsApproval', CASE WHEN e.thresholds_approved_at IS NOT NULL THEN jsonb_build_object(
    'by', e.thresholds_approved_by, 'at', ${instant('e.thresholds_approved_at')}) END,
  'frameJobId', e.frame_job_id,
  'frame', CASE WHEN e.frame_hash IS NOT NULL THEN jsonb_build_object(
    'hash', e.frame_hash, 'households', e.frame_households, 'persons', e.frame_persons,
    'withoutMembers', e.frame_without_members, 'totals', e.frame_totals, 'frozenAt', ${instant('e.frozen_at')},
    'frozenBy', e.frozen_by) END,
  'seed', CASE WHEN e.seed IS NOT NULL THEN jsonb_build_object(
    'text', e.seed, 'source', e.seed_source, 'publishedAt', ${instant('e.seed_published_at')},
    'publishedBy', e.seed_published_by) END,
  'sample', CASE WHEN e.sample_hash IS NOT NULL THEN jsonb_build_object(
    'hash', e.sample_hash, 'villages', e.sample_villages, 'households', e.sample_households,
    'replacements', e.sample_replacements, 'drawnAt', ${instant('e.drawn_at')}, 'drawnBy', e.drawn_by) END,
  'returns', (SELECT jsonb_build_object('files', count(*), 'accepted', coalesce(sum(f.accepted), 0),
    'problems', coalesce(sum(f.problems), 0)) FROM return_file f WHERE f.evaluation_id = e.id),
  'verdict', e.verdict, 'computedAt', ${instant('e.computed_at')}, 'accountName', e.account_name,
  'createdAt', ${instant('e.created_at')}, 'version', e.version) AS shown`;

/**
 * The condition over `evaluation e` with the parameters of `visibleTo` from $n on: by region those that touch the
 * caller's, by an evaluator's grant the one it names, and only where its regions touch the evaluation's.
 */
const evaluationVisible = (n: number): string => `e.county_code = $${n} AND EXISTS (
  SELECT 1 FROM jsonb_to_recordset($${n + 1}::text::jsonb) AS g (evaluation text, prefix text),
    unnest(e.regions) AS r (code)
  WHERE (g.evaluation IS NULL OR g.evaluation = e.id::text)
    AND (r.code LIKE g.prefix || '%' OR g.prefix LIKE regexp_replace(r.code, '(000){1,2}$', '') || '%'))`;

function visibleTo(caller: Caller): [string, string] {
  const scopes = caller.usable.flatMap(({ scope }): { evaluation: string | null; prefix: string }[] => {
    if (scope.kind === 'region') return [{ evaluation: null, prefix: scopePrefix(scope.code as RegionCode) }];
    if (scope.kind !== 'evaluation') return [];
    return scope.regions.map((code) => ({ evaluation: scope.id, prefix: scopePrefix(code as RegionCode) }));
  });
  return [caller.countyCode, JSON.stringify(scopes)];
}

/** One evaluation the caller may see. @throws Refusal 404 */
export async function getVisible(sql: Sql, id: string, caller: Caller): Promise<Shown> {
  const [row] = await sql.query<{ shown: unknown }>(
    `SELECT ${SHOWN} FROM evaluation e WHERE ${evaluationVisible(1)} AND e.id = $3::uuid`,
    [...visibleTo(caller), id],
  );
  if (!row) throw notFound();
  return EvaluationSchema.parse(row.shown);
}

/** The evaluations the caller may see, newest first: ids are ordered by time. */
export async function findVisible(
  sql: Sql,
  caller: Caller,
  page: { before: string | null; limit: number },
): Promise<{ rows: Shown[]; total: number }> {
  const params = visibleTo(caller);
  const rows = await sql.query<{ shown: unknown }>(
    `SELECT ${SHOWN} FROM evaluation e WHERE ${evaluationVisible(1)} AND ($3::text IS NULL OR e.id < $3::uuid)
     ORDER BY e.id DESC LIMIT $4::int`,
    [...params, page.before, page.limit],
  );
  const [count] = await sql.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM evaluation e WHERE ${evaluationVisible(1)}`,
    params,
  );
  return { rows: rows.map(({ shown }) => EvaluationSchema.parse(shown)), total: count?.n ?? 0 };
}

/** Every evaluation of a service's database, for the verification of records. */
export async function findEvery(sql: Sql): Promise<Shown[]> {
  const rows = await sql.query<{ shown: unknown }>(`SELECT ${SHOWN} FROM evaluation e ORDER BY e.id`);
  return rows.map(({ shown }) => EvaluationSchema.parse(shown));
}

/**
 * Moves an evaluation on from the version that was read, and reads it again.
 * @throws Refusal 409 when someone else changed it meanwhile
 */
export async function moveOn(
  tx: Tx,
  sql: Sql,
  before: Shown,
  version: number,
  caller: Caller,
  data: Parameters<Tx['evaluation']['updateMany']>[0]['data'],
): Promise<Shown> {
  const { count } = await tx.evaluation.updateMany({
    where: { id: before.id, version },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) throw conflict(before);
  return getVisible(sql, before.id, caller);
}
