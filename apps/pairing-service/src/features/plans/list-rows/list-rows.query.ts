import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listPlanRows, PlanRow } from '@bangfu/contracts/pairing/plans';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { render } from '@bangfu/service-kit/http/messages';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Pairing } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import { policyOn, rankOf } from '../../policy/policy.repository.ts';
import { getPlan } from '../plan.repository.ts';

const CHANGE = `CASE WHEN p.cadre_id IS NULL THEN 'unplaced' WHEN p.cadre_id = p.today_cadre_id THEN 'kept'
  WHEN p.today_cadre_id IS NULL THEN 'added' ELSE 'moved' END`;
const person = (cadre: string, unit: string) =>
  `CASE WHEN ${cadre}.id IS NOT NULL THEN jsonb_build_object('id', ${cadre}.id, 'name', ${cadre}.name,
    'unitName', ${unit}.name, 'rank', ${cadre}.rank) END`;

/** One page of a plan in its own order (household numbers), beside whom each household has today. */
export async function findPlanRows(
  service: Pairing,
  caller: Caller,
  planId: string,
  query: QueryOf<typeof listPlanRows>,
  context: { now: Date; language: 'zh' | 'en' },
): Promise<AnswerInputOf<typeof listPlanRows>> {
  const pool = readsOf(service, caller);
  const sql = pgSql(pool);
  await getPlan(sql, planId, caller);
  const { content } = await policyOn(sql, caller.countyCode, businessDayOf(context.now));
  const after = decodeCursor(query.cursor, 1);
  const where = `p.plan_id = $1::uuid AND ($2::text IS NULL OR ${CHANGE} = $2)`;
  const params = [planId, query.change ?? null];
  const { rows } = await pool.query<Omit<PlanRow, 'message'> & { position: number }>(
    `SELECT p.position, h.id::text AS "householdId", h.number, h.head_name AS "headName", h.township_name AS "townshipName",
       h.village_name AS "villageName", h.status, ${CHANGE} AS change, p.reason,
       ${person('t', 'tu')} AS today, ${person('c', 'cu')} AS proposed
     FROM plan_placement p JOIN platform.household_copy h ON h.id = p.household_id
     LEFT JOIN cadre t ON t.id = p.today_cadre_id LEFT JOIN unit tu ON tu.id = t.unit_id
     LEFT JOIN cadre c ON c.id = p.cadre_id LEFT JOIN unit cu ON cu.id = c.unit_id
     WHERE ${where} AND p.position > $3::int ORDER BY p.position LIMIT $4`,
    [...params, after?.[0] ?? -1, query.limit + 1],
  );
  const count = await pool.query<{ n: number }>(`SELECT count(*) AS n FROM plan_placement p WHERE ${where}`, params);
  const page = toPage(rows, query.limit, count.rows[0]?.n ?? 0, (row) => [row.position]);
  const named = (helper: PlanRow['today']) =>
    helper && { ...helper, rank: rankOf(content, helper.rank)?.name ?? helper.rank };
  return {
    ...page,
    rows: page.rows.map(({ position: _position, ...row }) => ({
      ...row,
      today: named(row.today),
      proposed: named(row.proposed),
      message: row.reason === null ? null : render(MESSAGES, row.reason, {}, context.language),
    })),
  };
}
