import type { QueryOf } from '@bangfu/contracts/core/operation';
import type { PolicyValue } from '@bangfu/contracts/core/policy';
import {
  Evaluation as EvaluationSchema,
  EVALUATION_STATES,
  type Evaluation as Shown,
  type listEvaluations,
} from '@bangfu/contracts/evaluation/evaluations';
import { THRESHOLDS } from '@bangfu/contracts/evaluation/policies';
import { countOf } from '@bangfu/data/count-of';
import { instantOf } from '@bangfu/data/instant';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDay } from '@bangfu/domain/shared/time';
import { type PolicyVersions, policyVersions } from '@bangfu/platform/policy/policy-on';
import { VERDICTS } from '@bangfu/domain/evaluation/verdict';
import type { Caller } from '@bangfu/platform/auth/caller';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import type { PageQuery } from '@bangfu/platform/http/page';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { type Expression, type ExpressionBuilder, sql, type SqlBool, type Updateable } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { isUncorrected } from '../../db/uncorrected.ts';
import type { Tables } from '../../operations.ts';

type Of = ExpressionBuilder<Tables & { e: Tables['evaluation'] }, 'e'>;

/** The beginning that all codes of a division's places have, of its own code. */
const prefixOf = (code: Expression<unknown>) => sql`regexp_replace(${code}, '(000){1,2}$', '')`;

/** Whether two lists of divisions have a place in common. */
const overlap = (one: Expression<string[]>, other: Expression<string[]>) => {
  const [a, b] = [sql.ref('a.code'), sql.ref('b.code')];
  return sql<SqlBool>`exists (select from unnest(${one}) as a (code), unnest(${other}) as b (code)
    where ${a} like ${prefixOf(b)} || '%' or ${b} like ${prefixOf(a)} || '%')`;
};

/** Evaluations that had another seed before for the same frame, or for the same day and places. */
const earlierSeeds = (eb: Of) =>
  jsonArrayFrom(
    eb
      .selectFrom('evaluation as o')
      .select((o) => [
        'o.id as evaluationId',
        'o.name',
        'o.seed',
        instantOf(o.ref('o.seed_published_at')).as('publishedAt'),
      ])
      .where('e.seed', 'is not', null)
      .whereRef('o.id', '<>', 'e.id')
      .whereRef('o.county_code', '=', 'e.county_code')
      .whereRef('o.seed', '<>', 'e.seed')
      .where((o) => o(o.refTuple('o.seed_published_at', 'o.id'), '<', o.refTuple('e.seed_published_at', 'e.id')))
      .where((o) =>
        o.or([
          o('o.frame_hash', '=', o.ref('e.frame_hash')),
          o.and([o('o.frame_date', '=', o.ref('e.frame_date')), overlap(o.ref('o.regions'), o.ref('e.regions'))]),
        ]),
      )
      .orderBy('o.seed_published_at')
      .orderBy('o.id'),
  );

/**
 * Sampled households, and replacements whose turn has come, without a return: each household that failed calls the next
 * one of its list (the domain's replacementsInTurn, counted).
 */
const outstanding = (eb: Of) =>
  eb
    .selectFrom((from) =>
      from
        .selectFrom('sample_row as s')
        .leftJoin('household_return as r', (join) =>
          join
            .onRef('r.evaluation_id', '=', 's.evaluation_id')
            .onRef('r.household_number', '=', 's.household_number')
            .on((r) => isUncorrected(r)),
        )
        .whereRef('s.evaluation_id', '=', 'e.id')
        .groupBy(['s.village_code', 's.stratum'])
        .select(({ fn }) => [
          fn.countAll().filterWhere('s.role', '=', 'sample').filterWhere('r.outcome', 'is', null).as('missing'),
          fn.countAll().filterWhere('r.outcome', '<>', 'interviewed').as('failed'),
          fn.countAll().filterWhere('s.role', '=', 'replacement').as('listed'),
          fn
            .countAll()
            .filterWhere('s.role', '=', 'replacement')
            .filterWhere('r.outcome', 'is not', null)
            .as('replaced'),
        ])
        .as('g'),
    )
    .select(({ ref }) => {
      const called = sql`least(${ref('g.failed')}, ${ref('g.listed')}) - ${ref('g.replaced')}`;
      return sql<number>`coalesce(sum(${ref('g.missing')} + greatest(${called}, 0)), 0)::int`.as('n');
    })
    .$asScalar()
    .$notNull();

/** A sum over the files of returns of `evaluation e`. */
const ofFiles = (eb: Of, column: 'accepted' | 'problems') =>
  eb
    .selectFrom('return_file as f')
    .whereRef('f.evaluation_id', '=', 'e.id')
    .select((f) => sql<number>`coalesce(sum(${f.ref(`f.${column}`)}), 0)::int`.as('n'))
    .$asScalar()
    .$notNull();

/** Evaluations with all that is shown of them. */
const evaluations = (read: ReadSql<Tables>) =>
  read
    .selectFrom('evaluation as e')
    .selectAll('e')
    .select((eb) => [
      earlierSeeds(eb).as('earlierSeeds'),
      countOf(eb.selectFrom('return_file as f').whereRef('f.evaluation_id', '=', 'e.id')).as('files'),
      ofFiles(eb, 'accepted').as('accepted'),
      ofFiles(eb, 'problems').as('problems'),
      outstanding(eb).as('outstanding'),
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof evaluations>['executeTakeFirstOrThrow']>>;

const iso = (at: Date | null) => at?.toISOString();

function seedPlanOf({ seed_kind: kind, ...row }: Row) {
  if (kind === null) return null;
  if (kind === 'evaluator') return { kind, commitment: row.seed_commitment };
  return { kind, event: row.seed_event, day: row.seed_event_day };
}

const frameOf = (row: Row) =>
  row.frame_hash === null
    ? null
    : {
        hash: row.frame_hash,
        households: row.frame_households,
        persons: row.frame_persons,
        withoutMembers: row.frame_without_members,
        totals: row.frame_totals,
        frozenAt: iso(row.frozen_at),
        frozenBy: row.frozen_by,
        accountId: row.frozen_account_id,
        registerHash: row.register_hash,
      };

const seedOf = (row: Row) =>
  row.seed === null
    ? null
    : {
        text: row.seed,
        source: row.seed_source,
        publishedAt: iso(row.seed_published_at),
        publishedBy: row.seed_published_by,
        accountId: row.seed_account_id,
      };

const signerOf = (row: Row) =>
  row.evaluator_key === null
    ? null
    : {
        fingerprint: row.evaluator_key,
        holder: row.evaluator_key_holder,
        registeredAt: iso(row.evaluator_key_at),
        registeredBy: row.evaluator_key_by,
      };

const sampleOf = (row: Row) =>
  row.sample_hash === null
    ? null
    : {
        hash: row.sample_hash,
        villages: row.sample_villages,
        households: row.sample_households,
        replacements: row.sample_replacements,
        drawnAt: iso(row.drawn_at),
        drawnBy: row.drawn_by,
      };

/** An evaluation in the contract's shape. */
const toEvaluation = (row: Row, thresholds: unknown): Shown =>
  EvaluationSchema.parse({
    id: row.id,
    name: row.name,
    frameDate: row.frame_date,
    regions: row.regions,
    thresholds,
    design: row.design,
    fieldFrom: row.field_from,
    fieldTo: row.field_to,
    state: row.state,
    frameJobId: row.frame_job_id,
    seedPlan: seedPlanOf(row),
    frame: frameOf(row),
    seed: seedOf(row),
    earlierSeeds: row.earlierSeeds,
    signer: signerOf(row),
    sample: sampleOf(row),
    returns: {
      files: row.files,
      accepted: row.accepted,
      problems: row.problems,
      outstanding: row.outstanding,
    },
    verdict: row.verdict,
    computedAt: iso(row.computed_at) ?? null,
    accountName: row.account_name,
    createdAt: iso(row.created_at),
    version: row.version,
  });

/**
 * The same of several with their thresholds: of those that are not frozen those of the policy in force on the day of their
 * frame, which is read once.
 */
async function shown(read: ReadSql<Tables>, rows: readonly Row[]): Promise<Shown[]> {
  const policies = new Map<string, PolicyVersions<PolicyValue<typeof THRESHOLDS>>>();
  for (const { thresholds, county_code: county } of rows) {
    if (!thresholds && !policies.has(county)) policies.set(county, await policyVersions(read, county, THRESHOLDS));
  }
  return rows.map((row) => {
    const policy = row.thresholds ? undefined : policies.get(row.county_code)?.on(businessDay(row.frame_date));
    return toEvaluation(
      row,
      policy
        ? { ...policy.value, document: policy.document, paragraph: policy.paragraph, policyId: policy.id }
        : row.thresholds,
    );
  });
}

/** The only one of some rows. @throws Refusal 404 when there is none */
async function shownOnly(read: ReadSql<Tables>, rows: readonly Row[]): Promise<Shown> {
  const [only] = await shown(read, rows);
  if (!only) throw notFound();
  return only;
}

/**
 * Whether a caller may see `evaluation e`: by region those that touch the caller's, by an evaluator's grant the one it
 * names, and only where its regions touch the evaluation's.
 */
const isVisible = (eb: Of, caller: Caller) => {
  const scopes = caller.usable.flatMap(({ scope }): { evaluation: string | null; prefix: string }[] => {
    if (scope.kind === 'region') return [{ evaluation: null, prefix: scopePrefix(scope.code as RegionCode) }];
    if (scope.kind !== 'evaluation') return [];
    return scope.regions.map((code) => ({ evaluation: scope.id, prefix: scopePrefix(code as RegionCode) }));
  });
  const [evaluation, prefix, code] = [sql.ref('g.evaluation'), sql.ref('g.prefix'), sql.ref('r.code')];
  const touches = sql<SqlBool>`exists (
    select from jsonb_to_recordset(${JSON.stringify(scopes)}::text::jsonb) as g (evaluation text, prefix text),
      unnest(${eb.ref('e.regions')}) as r (code)
    where (${evaluation} is null or ${evaluation} = ${eb.ref('e.id')}::text)
      and (${code} like ${prefix} || '%' or ${prefix} like ${prefixOf(code)} || '%'))`;
  return eb.and([eb('e.county_code', '=', caller.countyCode), touches]);
};

/** One evaluation the caller may see. @throws Refusal 404 */
export async function getVisible(read: ReadSql<Tables>, id: string, caller: Caller): Promise<Shown> {
  const rows = await evaluations(read)
    .where('e.id', '=', id)
    .where((eb) => isVisible(eb, caller))
    .execute();
  return shownOnly(read, rows);
}

/** An evaluation by its id, for every caller: for a rule that must know how far it has come. @throws Refusal 404 */
export async function getKept(read: ReadSql<Tables>, id: string): Promise<Shown> {
  return shownOnly(read, await evaluations(read).where('e.id', '=', id).execute());
}

const ORDER = orderOf<QueryOf<typeof listEvaluations>>()(evaluations, (by) => ({
  columns: {
    name: by.name('e.name'),
    frameDate: by.day('e.frame_date'),
    fieldFrom: by.day('e.field_from'),
    fieldTo: by.day('e.field_to'),
    state: by.stage('e.state', EVALUATION_STATES),
    'sample.households': { ...by.number('e.sample_households'), nullable: true },
    'returns.accepted': by.number((eb) => ofFiles(eb, 'accepted')),
    verdict: { ...by.stage('e.verdict', VERDICTS), nullable: true },
    computedAt: { ...by.instant('e.computed_at'), nullable: true },
    accountName: by.name('e.account_name'),
    createdAt: by.instant('e.created_at'),
  },
  // Ids are ordered by time.
  own: [{ ...by.id('e.id'), down: true }],
}));

/** One page of the evaluations the caller may see, newest first. */
export async function findVisible(read: ReadSql<Tables>, caller: Caller, query: PageQuery) {
  const list = evaluations(read).where((eb) => isVisible(eb, caller));
  const page = await pageOfList(list, ORDER, query);
  return { ...page, rows: await shown(read, page.rows) };
}

/** One page of the evaluations whose frame is frozen, newest first: what is published of them. */
export async function findFrozen(read: ReadSql<Tables>, query: PageQuery) {
  const page = await pageOfList(evaluations(read).where('e.frame_hash', 'is not', null), ORDER, query);
  return { ...page, rows: await shown(read, page.rows) };
}

/** What all evaluations the caller may see come to. */
export interface VisibleTotals {
  readonly evaluations: number;
  readonly sampledHouseholds: number;
  readonly returns: number;
}

/** Counts all evaluations the caller may see, the households they drew and the returns they accepted. */
export function visibleTotals(read: ReadSql<Tables>, caller: Caller): Promise<VisibleTotals> {
  return read
    .selectFrom('evaluation as e')
    .where((eb) => isVisible(eb, caller))
    .select((eb) => [
      eb.fn.countAll<number>().as('evaluations'),
      sql<number>`coalesce(sum(${eb.ref('e.sample_households')}), 0)::int`.as('sampledHouseholds'),
      sql<number>`coalesce(sum(${ofFiles(eb, 'accepted')}), 0)::int`.as('returns'),
    ])
    .executeTakeFirstOrThrow();
}

/** Every evaluation of a service's database, for the verification of records. */
export async function findEvery(read: ReadSql<Tables>): Promise<Shown[]> {
  return shown(read, await evaluations(read).orderBy('e.id').execute());
}

/** Waits until no other command writes an evaluation, and keeps others waiting to the end of this one. */
export async function lockEvaluation({ sql: tables }: Transaction<Tables>, id: string): Promise<void> {
  await tables.selectFrom('evaluation').select('id').where('id', '=', id).forUpdate().execute();
}

/**
 * Moves an evaluation on from the version that was read, and reads it again.
 * @throws Refusal 409 when someone else changed it meanwhile
 */
export async function moveOn(
  { sql: tables }: Transaction<Tables>,
  before: Shown,
  version: number,
  caller: Caller,
  data: Updateable<Tables['evaluation']>,
): Promise<Shown> {
  const { numUpdatedRows } = await tables
    .updateTable('evaluation')
    .set({ ...data, version: version + 1 })
    .where('id', '=', before.id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw conflict(before);
  return getVisible(tables, before.id, caller);
}
