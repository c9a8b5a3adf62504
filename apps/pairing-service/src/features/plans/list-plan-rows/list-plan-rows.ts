import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { HOUSEHOLD_STATUSES } from '@bangfu/contracts/pairing/pairings';
import * as contract from '@bangfu/contracts/pairing/plans';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { readsMasked } from '@bangfu/platform/auth/caller';
import { render } from '@bangfu/platform/http/messages';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import type { ExpressionBuilder } from 'kysely';
import { MESSAGES } from '../../../messages.ts';
import { query, type Tables } from '../../../operations.ts';
import { policyOn, rankOf } from '../../policy/policy.repository.ts';
import { getPlanRecord } from '../plan.repository.ts';

const changeOf = (eb: ExpressionBuilder<Tables & { p: Tables['plan_placement'] }, 'p'>) =>
  eb
    .case()
    .when('p.cadre_id', 'is', null)
    .then('unplaced')
    .when('p.cadre_id', '=', eb.ref('p.today_cadre_id'))
    .then('kept')
    .when('p.today_cadre_id', 'is', null)
    .then('added')
    .else('moved')
    .end()
    .$castTo<contract.PlanRow['change']>();

/** The placements of plans beside today: `t` is whom a household has, `c` whom it gets. */
const placements = (read: ReadSql<Tables>) =>
  read
    .selectFrom('plan_placement as p')
    .innerJoin('household_copy as h', 'h.id', 'p.household_id')
    .leftJoin('cadre as t', 't.id', 'p.today_cadre_id')
    .leftJoin('unit as tu', 'tu.id', 't.unit_id')
    .leftJoin('cadre as c', 'c.id', 'p.cadre_id')
    .leftJoin('unit as cu', 'cu.id', 'c.unit_id')
    .select(['h.id as householdId', 'h.number', 'h.head_name as headName', 'h.township_name as townshipName'])
    .select(['h.village_name as villageName', 'h.status', 'p.reason'])
    .select(['t.id as todayId', 't.name as todayName', 'tu.name as todayUnit', 't.rank as todayRank'])
    .select(['c.id as nextId', 'c.name as nextName', 'cu.name as nextUnit', 'c.rank as nextRank'])
    .select((eb) => changeOf(eb).as('change'));

const ORDER = orderOf<QueryOf<typeof contract.listPlanRows>>()(placements, ({ text, name, person, number, stage }) => ({
  columns: {
    number: text('h.number'),
    headName: person('h.head_name'),
    villageName: text('h.village_code'),
    status: stage('h.status', HOUSEHOLD_STATUSES),
    'today.name': { ...name('t.name'), nullable: true },
    'proposed.name': { ...name('c.name'), nullable: true },
    change: stage(changeOf, contract.PLAN_CHANGES),
    reason: { ...stage('p.reason', contract.UNPLACED_REASONS), nullable: true },
  },
  own: [number('p.position')],
}));

type Answer = AnswerInputOf<typeof contract.listPlanRows>;

/** One page of a plan in its own order (household numbers), beside whom each household has today. @throws Refusal 404 */
export const listPlanRows = query(contract.listPlanRows, async (call): Promise<Answer> => {
  const { read, caller, now, language, query: asked } = call;
  const { planId } = call.params;
  await getPlanRecord(read, planId, caller);
  const { content } = await policyOn(read, caller.countyCode, businessDayOf(now));
  const of = placements(read).where('p.plan_id', '=', planId);
  const { change } = asked;
  const found = change === undefined ? of : of.where((eb) => eb(changeOf(eb), '=', change));
  const page = await pageOfList(found, ORDER, asked, readsMasked(caller));
  const helper = (id: string | null, name: string | null, unitName: string | null, rank: string | null) =>
    id === null || name === null || unitName === null || rank === null
      ? null
      : { id, name, unitName, rank: rankOf(content, rank)?.name ?? rank };
  const rows = page.rows.map((row) => {
    const { todayId, todayName, todayUnit, todayRank, nextId, nextName, nextUnit, nextRank, ...placed } = row;
    const today = helper(todayId, todayName, todayUnit, todayRank);
    const proposed = helper(nextId, nextName, nextUnit, nextRank);
    const { reason } = placed;
    const message = reason === null ? null : render(MESSAGES, today ? `${reason}_STAYS` : reason, {}, language);
    return { ...placed, today, proposed, message };
  });
  return { ...page, rows };
});
