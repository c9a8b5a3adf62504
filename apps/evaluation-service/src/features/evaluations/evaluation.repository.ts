import { instant } from '@bangfu/data/instant';
import type { QueryOf } from '@bangfu/contracts/core/operation';
import {
  Evaluation as EvaluationSchema,
  EVALUATION_STATES,
  type Evaluation as Shown,
  type listEvaluations,
} from '@bangfu/contracts/evaluation/evaluations';
import type { listPublicEvaluations } from '@bangfu/contracts/evaluation/public';
import { VERDICTS } from '@bangfu/domain/evaluation/verdict';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { byDay, byId, byInstant, byName, byNumber, byStage, down, listOrder, nullable } from '@bangfu/data/list-order';
import { readPage } from '@bangfu/platform/http/page';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import type { Tx } from '../../db/client.ts';

const prefixOf = (code: string) => `regexp_replace(${code}, '(000){1,2}$', '')`;

/** Whether two lists of divisions have a place in common. */
const overlap = (one: string, other: string): string => `EXISTS (
  SELECT 1 FROM unnest(${one}) AS a (code), unnest(${other}) AS b (code)
  WHERE a.code LIKE ${prefixOf('b.code')} || '%' OR b.code LIKE ${prefixOf('a.code')} || '%')`;

/** Evaluations that had another seed before for the same frame, or for the same day and places. */
const EARLIER_SEEDS = `(SELECT coalesce(jsonb_agg(jsonb_build_object('evaluationId', o.id, 'name', o.name, 'seed', o.seed,
    'publishedAt', ${instant('o.seed_published_at')}) ORDER BY o.seed_published_at, o.id), '[]'::jsonb)
  FROM evaluation o WHERE e.seed IS NOT NULL AND o.id <> e.id AND o.county_code = e.county_code AND o.seed <> e.seed
    AND (o.seed_published_at, o.id) < (e.seed_published_at, e.id)
    AND (o.frame_hash = e.frame_hash OR (o.frame_date = e.frame_date AND ${overlap('o.regions', 'e.regions')})))`;

/**
 * Sampled households, and replacements whose turn has come, without a return: each household that failed calls the next
 * one of its list (the domain's replacementsInTurn, counted).
 */
const OUTSTANDING = `(SELECT coalesce(sum(g.missing + greatest(least(g.failed, g.listed) - g.replaced, 0)), 0)::int FROM (
  SELECT count(*) FILTER (WHERE s.role = 'sample' AND r.outcome IS NULL) AS missing,
    count(*) FILTER (WHERE r.outcome <> 'interviewed') AS failed,
    count(*) FILTER (WHERE s.role = 'replacement') AS listed,
    count(*) FILTER (WHERE s.role = 'replacement' AND r.outcome IS NOT NULL) AS replaced
  FROM sample_row s LEFT JOIN household_return r ON r.evaluation_id = s.evaluation_id
    AND r.household_number = s.household_number AND NOT EXISTS (
      SELECT 1 FROM household_return c WHERE c.evaluation_id = r.evaluation_id AND c.corrects = r.return_id)
  WHERE s.evaluation_id = e.id GROUP BY s.village_code, s.stratum) g)`;

const day = (column: string) => `to_char(e.${column}, 'YYYY-MM-DD')`;

/** An evaluation in the contract's shape, straight from its row. */
const SHOWN = `jsonb_build_object(
  'id', e.id, 'name', e.name, 'frameDate', ${day('frame_date')}, 'regions', e.regions, 'thresholds', e.thresholds,
  'design', e.design, 'fieldFrom', ${day('field_from')}, 'fieldTo', ${day('field_to')}, 'state', e.state,
  'thresholdsBy', e.thresholds_by,
  'thresholdsApproval', CASE WHEN e.thresholds_approved_at IS NOT NULL THEN jsonb_build_object(
    'by', e.thresholds_approved_by, 'at', ${instant('e.thresholds_approved_at')}) END,
  'frameJobId', e.frame_job_id,
  'seedPlan', CASE e.seed_kind
    WHEN 'public-event' THEN jsonb_build_object('kind', e.seed_kind, 'event', e.seed_event, 'day', ${day('seed_event_day')})
    WHEN 'evaluator' THEN jsonb_build_object('kind', e.seed_kind, 'commitment', e.seed_commitment) END,
  'frame', CASE WHEN e.frame_hash IS NOT NULL THEN jsonb_build_object(
    'hash', e.frame_hash, 'households', e.frame_households, 'persons', e.frame_persons,
    'withoutMembers', e.frame_without_members, 'totals', e.frame_totals, 'frozenAt', ${instant('e.frozen_at')},
    'frozenBy', e.frozen_by, 'accountId', e.frozen_account_id, 'registerHash', e.register_hash) END,
  'seed', CASE WHEN e.seed IS NOT NULL THEN jsonb_build_object(
    'text', e.seed, 'source', e.seed_source, 'publishedAt', ${instant('e.seed_published_at')},
    'publishedBy', e.seed_published_by, 'accountId', e.seed_account_id) END,
  'earlierSeeds', ${EARLIER_SEEDS},
  'signer', CASE WHEN e.evaluator_key IS NOT NULL THEN jsonb_build_object('fingerprint', e.evaluator_key,
    'holder', e.evaluator_key_holder, 'registeredAt', ${instant('e.evaluator_key_at')},
    'registeredBy', e.evaluator_key_by) END,
  'sample', CASE WHEN e.sample_hash IS NOT NULL THEN jsonb_build_object(
    'hash', e.sample_hash, 'villages', e.sample_villages, 'households', e.sample_households,
    'replacements', e.sample_replacements, 'drawnAt', ${instant('e.drawn_at')}, 'drawnBy', e.drawn_by) END,
  'returns', (SELECT jsonb_build_object('files', count(*), 'accepted', coalesce(sum(f.accepted), 0),
    'problems', coalesce(sum(f.problems), 0), 'outstanding', ${OUTSTANDING}) FROM return_file f WHERE f.evaluation_id = e.id),
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
    AND (r.code LIKE g.prefix || '%' OR g.prefix LIKE ${prefixOf('r.code')} || '%'))`;

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

/** An evaluation by its id, whoever asks: for a rule that must know how far it has come. @throws Refusal 404 */
export async function getKept(sql: Sql, id: string): Promise<Shown> {
  const [row] = await sql.query<{ shown: unknown }>(`SELECT ${SHOWN} FROM evaluation e WHERE e.id = $1::uuid`, [id]);
  if (!row) throw notFound();
  return EvaluationSchema.parse(row.shown);
}

const ORDER = listOrder<QueryOf<typeof listEvaluations>>(
  {
    name: byName('e.name'),
    frameDate: byDay('e.frame_date'),
    fieldFrom: byDay('e.field_from'),
    fieldTo: byDay('e.field_to'),
    state: byStage('e.state', EVALUATION_STATES),
    thresholdsBy: byName('e.thresholds_by'),
    'sample.households': nullable(byNumber('e.sample_households')),
    'returns.accepted': byNumber(
      '(SELECT coalesce(sum(f.accepted), 0)::bigint FROM return_file f WHERE f.evaluation_id = e.id)',
    ),
    verdict: nullable(byStage('e.verdict', VERDICTS)),
    computedAt: nullable(byInstant('e.computed_at')),
    accountName: byName('e.account_name'),
    createdAt: byInstant('e.created_at'),
  },
  // Ids are ordered by time.
  [down(byId('e.id'))],
);

async function readEvaluations(
  sql: Sql,
  query: Parameters<typeof readPage>[2],
  condition: string,
  params: readonly unknown[],
) {
  const list = { columns: SHOWN, from: `FROM evaluation e WHERE ${condition}`, params };
  const page = await readPage<{ shown: unknown }>(sql, ORDER, query, list);
  return { ...page, rows: page.rows.map(({ shown }) => EvaluationSchema.parse(shown)) };
}

/** One page of the evaluations the caller may see, newest first. */
export const findVisible = (sql: Sql, caller: Caller, query: QueryOf<typeof listEvaluations>) =>
  readEvaluations(sql, query, evaluationVisible(1), visibleTo(caller));

/** One page of the evaluations whose frame is frozen, newest first: what is published of them. */
export const findFrozen = (sql: Sql, query: QueryOf<typeof listPublicEvaluations>) =>
  readEvaluations(sql, query, 'e.frame_hash IS NOT NULL', []);

/** What all evaluations the caller may see come to. */
export interface VisibleTotals {
  readonly evaluations: number;
  readonly sampledHouseholds: number;
  readonly returns: number;
}

/** Counts all evaluations the caller may see, the households they drew and the returns they accepted. */
export async function visibleTotals(sql: Sql, caller: Caller): Promise<VisibleTotals> {
  const [totals] = await sql.query<VisibleTotals>(
    `SELECT count(*)::int AS evaluations, coalesce(sum(e.sample_households), 0)::int AS "sampledHouseholds",
       coalesce(sum((SELECT sum(f.accepted) FROM return_file f WHERE f.evaluation_id = e.id)), 0)::int AS returns
     FROM evaluation e WHERE ${evaluationVisible(1)}`,
    visibleTo(caller),
  );
  return totals ?? { evaluations: 0, sampledHouseholds: 0, returns: 0 };
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
