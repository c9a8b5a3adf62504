import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listVisits, Visit } from '@bangfu/contracts/pairing/visits';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byId, byInstant, byName, byPerson, byText, down, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Pairing } from '../../../db/client.ts';
import { visibleTo } from '../../../db/visible.ts';
import {
  findVisits,
  shownVisit,
  VISIT_COLUMNS,
  VISIT_TABLES,
  type VisitRow,
  visitVisible,
} from '../visit.repository.ts';

const AT = byInstant('v.at');
const ORDER = listOrder<QueryOf<typeof listVisits>>(
  {
    number: byText('h.number'),
    headName: byPerson('h.head_name'),
    villageName: byText('h.village_code'),
    helperName: byName('c.name'),
    unitName: byName('u.name'),
    at: AT,
    receivedAt: byInstant('v.received_at'),
  },
  [down(AT), down(byId('v.id'))],
);

/** One page of visits within the scope, latest first. */
export async function listOfVisits(
  service: Pairing,
  caller: Caller,
  query: QueryOf<typeof listVisits>,
  now: Date,
): Promise<AnswerInputOf<typeof listVisits>> {
  const where = `WHERE ${visitVisible(1)} AND ($6::text IS NULL OR h.village_code LIKE $6)
    AND ($7::uuid IS NULL OR v.household_id = $7) AND ($8::uuid IS NULL OR v.cadre_id = $8)
    AND ($9::date IS NULL OR v.day >= $9) AND ($10::date IS NULL OR v.day <= $10)
    AND ($11::text IS NULL OR ${numberBegins('h.number', '$11')} OR ${nameBegins('h.head_name', '$11')} OR ${nameBegins('c.name', '$11')})`;
  const params = [
    ...visibleTo(caller, businessDayOf(now)),
    query.region ? `${scopePrefix(query.region as RegionCode)}%` : null,
    query.household ?? null,
    query.helper ?? null,
    query.from ?? null,
    query.to ?? null,
    searchPattern(query.search),
  ];
  const list = { columns: VISIT_COLUMNS, from: `FROM ${VISIT_TABLES} ${where}`, params };
  const page = await readPage<VisitRow>(pgSql(readsOf(service, caller)), ORDER, query, list, readsMasked(caller));
  return { ...page, rows: page.rows.map((row) => shownVisit(row, service.cipher)) };
}

/** One visit within the scope. @throws Refusal 404 */
export async function getVisit(service: Pairing, caller: Caller, id: string, now: Date): Promise<Visit> {
  const [visit] = await findVisits(
    pgSql(readsOf(service, caller)),
    service.cipher,
    `WHERE v.id = $6::uuid AND ${visitVisible(1)}`,
    [...visibleTo(caller, businessDayOf(now)), id],
  );
  if (!visit) throw notFound();
  return visit;
}
