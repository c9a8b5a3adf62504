import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listVisits, Visit } from '@bangfu/contracts/pairing/visits';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { pgSql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { notFound } from '@bangfu/service-kit/http/refusal';
import { nameBegins, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Pairing } from '../../../db/client.ts';
import { visibleTo } from '../../../db/visible.ts';
import { findVisits, VISIT_TABLES, visitVisible } from '../visit.repository.ts';

/** One page of visits within the scope, latest first. */
export async function listOfVisits(
  service: Pairing,
  caller: Caller,
  query: QueryOf<typeof listVisits>,
): Promise<AnswerInputOf<typeof listVisits>> {
  const after = decodeCursor(query.cursor, 2);
  const pool = readsOf(service, caller);
  const where = `WHERE ${visitVisible(1)} AND ($5::text IS NULL OR h.village_code LIKE $5)
    AND ($6::uuid IS NULL OR v.household_id = $6) AND ($7::uuid IS NULL OR v.cadre_id = $7)
    AND ($8::date IS NULL OR v.day >= $8) AND ($9::date IS NULL OR v.day <= $9)
    AND ($10::text IS NULL OR h.number ~ $10 OR ${nameBegins('h.head_name', '$10')} OR ${nameBegins('c.name', '$10')})`;
  const params = [
    ...visibleTo(caller),
    query.region ? `${scopePrefix(query.region as RegionCode)}%` : null,
    query.household ?? null,
    query.helper ?? null,
    query.from ?? null,
    query.to ?? null,
    searchPattern(query.search),
  ];
  const rows = await findVisits(
    pgSql(pool),
    service.cipher,
    // Instants are kept to the millisecond, as cursors carry them.
    `${where} AND ($11::timestamptz IS NULL OR (v.at, v.id) < ($11, $12::uuid)) ORDER BY v.at DESC, v.id DESC LIMIT $13`,
    [...params, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  const count = await pool.query<{ n: number }>(`SELECT count(*) AS n FROM ${VISIT_TABLES} ${where}`, params);
  return toPage(rows, query.limit, count.rows[0]?.n ?? 0, (row) => [row.at, row.id]);
}

/** One visit within the scope. @throws Refusal 404 */
export async function getVisit(service: Pairing, caller: Caller, id: string): Promise<Visit> {
  const [visit] = await findVisits(
    pgSql(readsOf(service, caller)),
    service.cipher,
    `WHERE v.id = $5::uuid AND ${visitVisible(1)}`,
    [...visibleTo(caller), id],
  );
  if (!visit) throw notFound();
  return visit;
}
