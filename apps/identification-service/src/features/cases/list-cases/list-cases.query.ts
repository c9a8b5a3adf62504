import { CASE_STATUSES, type listCases as operation } from '@bangfu/contracts/identification/cases';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import { CASE_KINDS } from '@bangfu/domain/identification/policy/policy';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked, regionPrefixes } from '@bangfu/platform/auth/caller';
import {
  byDay,
  byId,
  byInstant,
  byNumber,
  byPerson,
  byStage,
  byText,
  down,
  listOrder,
  nullable,
} from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny, narrow } from '@bangfu/data/scope';
import { readPage } from '@bangfu/platform/http/page';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Identification } from '../../../db/client.ts';
import { waitingSteps, waitsFor } from '../waiting-cases/waiting-steps.ts';
import { CASE_COLUMNS, CASE_JOINS, type CaseData, shownCase } from './case-row.ts';

type Query = QueryOf<typeof operation>;

const STEPS = [...new Set(Object.values(PROCEDURES).flatMap((steps) => steps.map(({ id }) => id)))];

const ORDER = listOrder<Query>(
  {
    householdNumber: byText('h.number'),
    headName: byPerson('h.head_name'),
    villageName: byText('c.village_code'),
    kind: byStage('c.kind', CASE_KINDS),
    status: byStage('c.status', CASE_STATUSES),
    step: nullable(byStage('c.step', STEPS)),
    openedOn: byDay('c.opened_on'),
    deadline: nullable(byDay('c.due')),
    closableFrom: nullable(byInstant('c.notice_closable_from')),
    openObjections: byNumber(`coalesce(jsonb_array_length(c.state->'notice'->'openObjections'), 0)`),
  },
  // Ids are ordered by time.
  [down(byId('c.id'))],
);

function conditions(query: Query, caller: Caller, now: Date): { sql: string; params: unknown[] } {
  const prefixes = narrow(regionPrefixes(caller), query.region && scopePrefix(query.region as RegionCode));
  const params: unknown[] = [likeAny(prefixes)];
  const parts = ['c.village_code LIKE ANY ($1::text[])'];
  const add = (value: unknown, clause: (n: string) => string) => {
    params.push(value);
    parts.push(clause(`$${params.length}`));
  };
  if (query.kind) add(query.kind, (n) => `c.kind = ${n}`);
  if (query.status) add(query.status, (n) => `c.status = ${n}`);
  if (query.step) add(query.step, (n) => `c.step = ${n}`);
  if (query.householdId) add(query.householdId, (n) => `c.household_id = ${n}::uuid`);
  if (query.overdue === 'true') add(businessDayOf(now), (n) => `c.status = 'open' AND c.due < ${n}::date`);
  const asked = searchPattern(query.search);
  if (asked) add(asked, (n) => `(${numberBegins('h.number', n)} OR ${nameBegins('h.head_name', n)})`);
  if (query.waiting === 'true') {
    const { patterns, steps, duties } = waitingSteps(caller, now);
    parts.push(waitsFor(caller, params.length + 1));
    params.push(patterns, steps, duties, caller.id, now.toISOString());
  }
  return { sql: parts.join(' AND '), params };
}

/** One page of cases, the newest first, with the exact total of the filter. */
export async function listCases(
  service: Identification,
  caller: Caller,
  query: Query,
  now: Date,
): Promise<AnswerInputOf<typeof operation>> {
  const { sql, params } = conditions(query, caller, now);
  const page = await readPage<CaseData>(
    pgSql(readsOf(service, caller)),
    ORDER,
    query,
    { columns: CASE_COLUMNS, from: `FROM case_file c ${CASE_JOINS} WHERE ${sql}`, params },
    readsMasked(caller),
  );
  return { ...page, rows: page.rows.map((row) => shownCase(row, now)) };
}
