import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { Dividend, listDividends as operation } from '@bangfu/contracts/industry/dividends';
import { DECLARATION_STATUSES } from '@bangfu/contracts/industry/declarations';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byId, byName, byNumber, byStage, byText, down, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import { readPage } from '@bangfu/platform/http/page';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, SEES_ENTITY, seesHousehold } from '../../../db/scope.ts';
import { LINE_COLUMNS, LINE_SORT_KEYS } from '../../declarations/list-lines/list-lines.query.ts';

/** A draft promises nothing: its lines are in no list and no total. */
const DECLARED = `d.status NOT IN ('drafted', 'discarded')`;

const FROM = `FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id AND ${DECLARED}
  JOIN entity e ON e.id = d.entity_id JOIN contract c ON c.id = d.contract_id
  WHERE ${SEES_ENTITY} AND ${seesHousehold('l.village_code')}
    AND ($3::text IS NULL OR l.state = $3 OR ($3 = 'unpaid' AND l.state IN ('open', 'batched')))
    AND (NOT $4::boolean OR (l.counts AND l.amount_fen < l.guaranteed_fen))
    AND ($5::int IS NULL OR d.year = $5) AND ($6::uuid IS NULL OR d.entity_id = $6)
    AND ($7::text IS NULL OR ${numberBegins('l.household_number', '$7')} OR ${nameBegins('l.head_name', '$7')})`;

const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    ...LINE_SORT_KEYS,
    entityName: byName('e.name'),
    contractNumber: byText('c.number'),
    year: byNumber('d.year'),
    status: byStage('d.status', DECLARATION_STATUSES),
    guaranteedFen: byNumber('l.guaranteed_fen'),
  },
  [down(byId('d.id')), LINE_SORT_KEYS.lineNumber],
);

/** One page of lines over all declarations but drafts, the latest declaration first, with what all of them come to. */
export async function listDividends(
  service: Industry,
  caller: Caller,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, caller));
  const params = [
    ...scopeParams(caller),
    query.state ?? null,
    query.below === 'true',
    query.year ?? null,
    query.entityId ?? null,
    searchPattern(query.search),
  ];
  const [all] = await sql.query<{ n: number; payableFen: number }>(
    `SELECT count(*)::float8 AS n, coalesce(sum(l.payable_fen), 0)::float8 AS "payableFen" ${FROM}`,
    params,
  );
  const page = await readPage<Dividend>(
    sql,
    ORDER,
    query,
    {
      columns: `${LINE_COLUMNS}, d.id::text AS "declarationId", e.name AS "entityName", c.number AS "contractNumber", d.year,
        d.status, l.guaranteed_fen::float8 AS "guaranteedFen"`,
      from: FROM,
      params,
      total: all?.n ?? 0,
    },
    readsMasked(caller),
  );
  return { ...page, payableFen: all?.payableFen ?? 0 };
}
