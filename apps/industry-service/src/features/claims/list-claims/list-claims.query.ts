import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { DividendClaim, listClaims as operation } from '@bangfu/contracts/industry/claims';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byId, byInstant, byName, byNumber, byPerson, byText, down, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { nameBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Industry } from '../../../db/client.ts';
import { scopeParams } from '../../../db/scope.ts';
import { OUTSTANDING } from '../../payments/standing-texts.ts';
import { CLAIM_COLUMNS, FROM_CLAIM } from '../claim.repository.ts';

const FROM = `${FROM_CLAIM} AND ($3::text IS NULL OR ($3 = 'open') = (${OUTSTANDING} > 0))
  AND ($4::text IS NULL OR c.household_number ~ $4 OR ${nameBegins('c.head_name', '$4')})`;

const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    entityName: byName('e.name'),
    year: byNumber('d.year'),
    lineNumber: byNumber('l.line_number'),
    householdNumber: byText('c.household_number'),
    headName: byPerson('c.head_name'),
    villageName: byText('c.village_code'),
    amountFen: byNumber('c.amount_fen'),
    outstandingFen: byNumber(OUTSTANDING),
    openedBy: byName('c.opened_by'),
    openedAt: byInstant('c.opened_at'),
  },
  [down(byInstant('c.opened_at')), byId('c.id')],
);

/** One page of claims within the caller's scope, the newest first, with what all of them still come to. */
export async function listClaims(
  service: Industry,
  caller: Caller,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, caller));
  const params = [...scopeParams(caller), query.state ?? null, searchPattern(query.search)];
  const [all] = await sql.query<{ n: number; outstandingFen: number }>(
    `SELECT count(*)::float8 AS n, coalesce(sum(${OUTSTANDING}), 0)::float8 AS "outstandingFen" ${FROM}`,
    params,
  );
  const list = { columns: CLAIM_COLUMNS, from: FROM, params, total: all?.n ?? 0 };
  const page = await readPage<DividendClaim>(sql, ORDER, query, list, readsMasked(caller));
  return { ...page, outstandingFen: all?.outstandingFen ?? 0 };
}
