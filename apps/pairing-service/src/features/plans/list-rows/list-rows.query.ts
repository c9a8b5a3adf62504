import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { HOUSEHOLD_STATUSES } from '@bangfu/contracts/pairing/pairings';
import { type listPlanRows, PLAN_CHANGES, type PlanRow, UNPLACED_REASONS } from '@bangfu/contracts/pairing/plans';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byName, byNumber, byPerson, byStage, byText, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { render } from '@bangfu/platform/http/messages';
import { readPage } from '@bangfu/platform/http/page';
import type { Pairing } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import { policyOn, rankOf } from '../../policy/policy.repository.ts';
import { getPlan } from '../plan.repository.ts';

const CHANGE = `CASE WHEN p.cadre_id IS NULL THEN 'unplaced' WHEN p.cadre_id = p.today_cadre_id THEN 'kept'
  WHEN p.today_cadre_id IS NULL THEN 'added' ELSE 'moved' END`;
const person = (cadre: string, unit: string) =>
  `CASE WHEN ${cadre}.id IS NOT NULL THEN jsonb_build_object('id', ${cadre}.id, 'name', ${cadre}.name,
    'unitName', ${unit}.name, 'rank', ${cadre}.rank) END`;

const ORDER = listOrder<QueryOf<typeof listPlanRows>>(
  {
    number: byText('h.number'),
    headName: byPerson('h.head_name'),
    villageName: byText('h.village_code'),
    status: byStage('h.status', HOUSEHOLD_STATUSES),
    'today.name': nullable(byName('t.name')),
    'proposed.name': nullable(byName('c.name')),
    change: byStage(CHANGE, PLAN_CHANGES),
    reason: nullable(byStage('p.reason', UNPLACED_REASONS)),
  },
  [byNumber('p.position')],
);

/** One page of a plan in its own order (household numbers), beside whom each household has today. */
export async function findPlanRows(
  service: Pairing,
  caller: Caller,
  planId: string,
  query: QueryOf<typeof listPlanRows>,
  context: { now: Date; language: 'zh' | 'en' },
): Promise<AnswerInputOf<typeof listPlanRows>> {
  const sql = pgSql(readsOf(service, caller));
  await getPlan(sql, planId, caller);
  const { content } = await policyOn(sql, caller.countyCode, businessDayOf(context.now));
  const page = await readPage<Omit<PlanRow, 'message'>>(
    sql,
    ORDER,
    query,
    {
      columns: `h.id::text AS "householdId", h.number, h.head_name AS "headName", h.township_name AS "townshipName",
        h.village_name AS "villageName", h.status, ${CHANGE} AS change, p.reason,
        ${person('t', 'tu')} AS today, ${person('c', 'cu')} AS proposed`,
      from: `FROM plan_placement p JOIN platform.household_copy h ON h.id = p.household_id
        LEFT JOIN cadre t ON t.id = p.today_cadre_id LEFT JOIN unit tu ON tu.id = t.unit_id
        LEFT JOIN cadre c ON c.id = p.cadre_id LEFT JOIN unit cu ON cu.id = c.unit_id
        WHERE p.plan_id = $1::uuid AND ($2::text IS NULL OR ${CHANGE} = $2)`,
      params: [planId, query.change ?? null],
    },
    readsMasked(caller),
  );
  const named = (helper: PlanRow['today']) =>
    helper && { ...helper, rank: rankOf(content, helper.rank)?.name ?? helper.rank };
  return {
    ...page,
    rows: page.rows.map((row) => ({
      ...row,
      today: named(row.today),
      proposed: named(row.proposed),
      message:
        row.reason === null
          ? null
          : render(MESSAGES, row.today ? `${row.reason}_STAYS` : row.reason, {}, context.language),
    })),
  };
}
