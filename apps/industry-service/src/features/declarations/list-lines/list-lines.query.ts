import type { AnswerInputOf, AnswerOf, QueryOf } from '@bangfu/contracts/core/operation';
import { LINE_STATES, type listDividendLines as operation } from '@bangfu/contracts/industry/declarations';
import type { confirmReceived } from '@bangfu/contracts/industry/payments';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byDay, byNumber, byPerson, byStage, byText, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, seesHousehold } from '../../../db/scope.ts';
import { getDeclaration } from '../declaration.repository.ts';

/** A line as the contract shows it. */
export type ShownLine = AnswerOf<typeof confirmReceived>['line'];

/** The columns of `dividend_line l` as the contract shows them. */
export const LINE_COLUMNS = `l.id::text AS id, l.line_number AS "lineNumber", l.household_id::text AS "householdId",
  l.household_number AS "householdNumber", l.head_name AS "headName", l.village_code AS "villageCode",
  l.village_name AS "villageName", l.base_fen::float8 AS "baseFen", l.second_fen::float8 AS "secondFen",
  l.amount_fen::float8 AS "amountFen", l.payable_fen::float8 AS "payableFen", l.state, l.account_tail AS "accountTail",
  l.paid_on::text AS "paidOn", l.confirmed_fen::float8 AS "confirmedFen", l.rejection, l.replaces,
  l.replaced_by AS "replacedBy", l.recoverable_fen::float8 AS "recoverableFen"`;

const LINE_NUMBER = byNumber('l.line_number');
/** What `dividend_line l` is sorted by wherever lines are listed. */
export const LINE_SORT_KEYS = {
  lineNumber: LINE_NUMBER,
  householdNumber: byText('l.household_number'),
  headName: byPerson('l.head_name'),
  villageName: byText('l.village_code'),
  baseFen: byNumber('l.base_fen'),
  secondFen: byNumber('l.second_fen'),
  amountFen: byNumber('l.amount_fen'),
  payableFen: byNumber('l.payable_fen'),
  state: byStage('l.state', LINE_STATES),
  paidOn: nullable(byDay('l.paid_on')),
  confirmedFen: nullable(byNumber('l.confirmed_fen')),
  recoverableFen: nullable(byNumber('l.recoverable_fen')),
};
const ORDER = listOrder<QueryOf<typeof operation>>(LINE_SORT_KEYS, [LINE_NUMBER]);

/** One page of a declaration's lines by their number: an entity sees all of its own, others those of their region. */
export async function listDividendLines(
  service: Industry,
  caller: Caller,
  declarationId: string,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, caller));
  await getDeclaration(sql, caller, declarationId);
  const from = `FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id JOIN entity e ON e.id = d.entity_id
    WHERE l.declaration_id = $3::uuid AND ${seesHousehold('l.village_code')} AND ($4::text IS NULL OR l.state = $4)
      AND ($5::text IS NULL OR ${numberBegins('l.household_number', '$5')} OR ${nameBegins('l.head_name', '$5')})`;
  const params = [...scopeParams(caller), declarationId, query.state ?? null, searchPattern(query.search)];
  return readPage<ShownLine>(sql, ORDER, query, { columns: LINE_COLUMNS, from, params }, readsMasked(caller));
}
