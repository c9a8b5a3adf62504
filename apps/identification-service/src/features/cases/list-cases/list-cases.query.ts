import type { listCases as operation } from '@bangfu/contracts/identification/cases';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny, narrow } from '@bangfu/service-kit/db/scope';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { nameBegins, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Identification } from '../../../db/client.ts';
import { waitingSteps, waitsFor } from '../waiting-cases/waiting-steps.ts';
import { CASE_COLUMNS, CASE_JOINS, type CaseData, shownCase } from './case-row.ts';

type Query = QueryOf<typeof operation>;

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
  if (asked) add(asked, (n) => `(h.number ~ ${n} OR ${nameBegins('h.head_name', n)})`);
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
  const after = decodeCursor(query.cursor, 1);
  const at = params.length;
  const pool = readsOf(service, caller);
  const { rows } = await pool.query<CaseData>(
    `SELECT ${CASE_COLUMNS} FROM case_file c ${CASE_JOINS} WHERE ${sql} ${after ? `AND c.id < $${at + 2}::uuid` : ''}
     ORDER BY c.id DESC LIMIT $${at + 1}`,
    [...params, query.limit + 1, ...(after ?? [])],
  );
  const count = await pool.query<{ n: number }>(
    `SELECT count(*) AS n FROM case_file c JOIN household h ON h.id = c.household_id WHERE ${sql}`,
    params,
  );
  const page = toPage(rows, query.limit, count.rows[0]?.n ?? 0, (row) => [row.id]);
  return { ...page, rows: page.rows.map((row) => shownCase(row, now)) };
}
