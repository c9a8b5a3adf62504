import type { HouseholdRow, listHouseholds as operation } from '@bangfu/contracts/identification/households';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { PLACE_NAME } from '../../place-name.ts';
import type { Identification } from '../../../db/client.ts';
import { householdWhere, type Where } from '../household-filter.ts';

/** The columns of a household as a list shows it; `h` is the household, `v` its village, `t` its township. */
export const ROW_COLUMNS = `h.id, h.number, h.head_name AS "headName", t.name AS "townshipName", ${PLACE_NAME} AS "villageName",
  h.village_code AS "villageCode", h.member_count AS "memberCount", h.status, h.category, h.main_cause AS "mainCause",
  h.per_capita_income_fen AS "perCapitaIncomeFen",
  (SELECT count(*) FROM quality_breach b WHERE b.household_id = h.id) AS breaches`;

/** The statement of one page of what a condition selects: one row more than the page holds, to know of the next. */
export function pageStatement(where: Where, limit: number, after: readonly unknown[] | null) {
  const at = where.params.length;
  return {
    text: `SELECT ${ROW_COLUMNS}
     FROM (SELECT * FROM household h WHERE ${where.sql}
             ${after ? `AND (h.number, h.id) > ($${at + 2}, $${at + 3}::uuid)` : ''}
           ORDER BY h.number, h.id LIMIT $${at + 1}) h
     JOIN region v ON v.id = h.village_id JOIN region t ON t.code = v.parent_code ORDER BY h.number, h.id`,
    values: [...where.params, limit + 1, ...(after ?? [])],
  };
}

/** One page of households by number, with the exact total of the filter. */
export async function listHouseholds(
  service: Identification,
  caller: Caller,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const where = householdWhere(query, caller, service.cipher);
  const pool = readsOf(service, caller);
  const { text, values } = pageStatement(where, query.limit, decodeCursor(query.cursor, 2));
  const { rows } = await pool.query<HouseholdRow>(text, values);
  const count = await pool.query<{ n: number }>(`SELECT count(*) AS n FROM household h WHERE ${where.sql}`, [
    ...where.params,
  ]);
  return toPage(rows, query.limit, count.rows[0]?.n ?? 0, (row) => [row.number, row.id]);
}
