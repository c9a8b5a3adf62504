import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listContracts as operation, ShareContract } from '@bangfu/contracts/industry/contracts';
import { pgSql, type Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { notFound } from '@bangfu/service-kit/http/refusal';
import { nameHolds, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, SEES_ENTITY } from '../../../db/scope.ts';
import { findingsOf } from '../policy.ts';

type Row = Omit<ShareContract, 'findings'>;

const CONTRACT_COLUMNS = `c.id::text AS id, c.number, c.entity_id::text AS "entityId", e.name AS "entityName", c.state,
  c.period_from::text AS "from", c.period_to::text AS "to", c.guaranteed_bp AS "guaranteedBp",
  c.profit_share_bp AS "profitShareBp", c.signed_on::text AS "signedOn", c.households, c.stake_fen::float8 AS "stakeFen",
  c.version`;

/** How a reader is answered: his language and the day. */
export interface Reader {
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
}

/** One page of contracts by number. */
export async function listContracts(
  service: Industry,
  { caller, now, language }: Reader,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, caller));
  const after = decodeCursor(query.cursor, 2);
  const from = `FROM contract c JOIN entity e ON e.id = c.entity_id WHERE ${SEES_ENTITY}
    AND ($3::uuid IS NULL OR c.entity_id = $3) AND ($4::text IS NULL OR c.state = $4)
    AND ($5::text IS NULL OR ${nameHolds('e.name', '$5')} OR c.number ~* $5)`;
  const search = searchPattern(query.search);
  const params = [...scopeParams(caller), query.entityId ?? null, query.state ?? null, search];
  const rows = await sql.query<Row>(
    `SELECT ${CONTRACT_COLUMNS} ${from} AND ($6::text IS NULL OR (c.number, c.id) > ($6, $7::uuid))
     ORDER BY c.number, c.id LIMIT $8`,
    [...params, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  const [count] = await sql.query<{ n: number }>(`SELECT count(*)::float8 AS n ${from}`, params);
  const page = toPage(rows, query.limit, count?.n ?? 0, (row) => [row.number, row.id]);
  return { ...page, rows: page.rows.map((row) => ({ ...row, findings: findingsOf(row, now, language) })) };
}

/** One contract within the caller's scope. @throws Refusal 404 */
export async function getContract(
  sql: Sql,
  { caller, now, language }: Reader,
  contractId: string,
): Promise<ShareContract> {
  const [row] = await sql.query<Row>(
    `SELECT ${CONTRACT_COLUMNS} FROM contract c JOIN entity e ON e.id = c.entity_id
     WHERE c.id = $3::uuid AND ${SEES_ENTITY}`,
    [...scopeParams(caller), contractId],
  );
  if (!row) throw notFound();
  return { ...row, findings: findingsOf(row, now, language) };
}
