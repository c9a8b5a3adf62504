import { HOUSEHOLD_STATUSES } from '@bangfu/contracts/identification/household-facts';
import type { HouseholdRow, listHouseholds as operation } from '@bangfu/contracts/identification/households';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byId, byNumber, byPerson, byStage, byText, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { PLACE_NAME } from '../../place-name.ts';
import type { Identification } from '../../../db/client.ts';
import { householdWhere, type Where } from '../household-filter.ts';

const BREACHES = '(SELECT count(*) FROM quality_breach b WHERE b.household_id = h.id)';

/** The columns of a household as a list shows it; `h` is the household, `v` its village, `t` its township. */
export const ROW_COLUMNS = `h.id, h.number, h.head_name AS "headName", t.name AS "townshipName", ${PLACE_NAME} AS "villageName",
  h.village_code AS "villageCode", h.member_count AS "memberCount", h.status, h.category, h.main_cause AS "mainCause",
  h.per_capita_income_fen AS "perCapitaIncomeFen", ${BREACHES} AS breaches`;

const NUMBER = byText('h.number');
/** The orders of households `h`, by number unless another is asked for. */
export const HOUSEHOLD_ORDER = listOrder<QueryOf<typeof operation>>(
  {
    number: NUMBER,
    headName: byPerson('h.head_name'),
    villageName: byText('h.village_code'),
    memberCount: byNumber('h.member_count'),
    status: byStage('h.status', HOUSEHOLD_STATUSES),
    category: nullable(byText('h.category')),
    mainCause: nullable(byText('h.main_cause')),
    perCapitaIncomeFen: nullable(byNumber('h.per_capita_income_fen')),
    breaches: byNumber(BREACHES),
  },
  [NUMBER, byId('h.id')],
);

/** What a page of households reads: the places are joined to its rows only. */
export const listOf = (where: Where) => ({
  columns: 'h.*',
  from: `FROM household h WHERE ${where.sql}`,
  params: where.params,
  around: (page: string, order: string) => `SELECT ${ROW_COLUMNS}, h."pageKeys" FROM (${page}) h
     JOIN region v ON v.id = h.village_id JOIN region t ON t.code = v.parent_code ORDER BY ${order}`,
});

/** One page of households by number or as asked for, with the exact total of the filter. */
export function listHouseholds(
  service: Identification,
  caller: Caller,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const list = listOf(householdWhere(query, caller, service.cipher));
  return readPage<HouseholdRow>(pgSql(readsOf(service, caller)), HOUSEHOLD_ORDER, query, list, readsMasked(caller));
}
