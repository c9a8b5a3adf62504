import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/notices';
import { narrow } from '@bangfu/data/scope';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { CASE_KINDS } from '@bangfu/domain/identification/policy/policy';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { sql } from 'kysely';
import { query, type Tables } from '../../../operations.ts';
import { entriesOf, noticeInScope, noticeRows, placeOf, shownNotice } from '../notice-row.ts';

const from = (read: ReadSql<Tables>) => noticeRows(read, new Date(0));
const ORDER = orderOf<QueryOf<typeof contract.listNotices>>()(from, ({ name, number, stage, day, instant, id }) => ({
  columns: {
    // As the numbers are filed: 公 and 示 count on together.
    number: number(({ ref }) => sql<number>`(${ref('n.year')} * 1000000::bigint + ${ref('n.serial')})`),
    place: name((eb) => sql`(${placeOf(eb)})`),
    level: stage('n.level', contract.NOTICE_LEVELS),
    kind: stage('n.kind', CASE_KINDS),
    status: stage('s.status', contract.NOTICE_STATUSES),
    openedOn: day('n.opened_on'),
    until: day(({ ref }) => sql<string>`(${ref('n.opened_on')} + ${ref('n.full_days')})`),
    fullDays: number('n.full_days'),
    households: number(entriesOf),
    hanging: number('h.hanging'),
    closable: number('h.closable'),
    closableFrom: { ...instant('h.closable_from'), nullable: true },
    objections: number('o.objections'),
    openObjections: number('o.open'),
    openedBy: name('n.account_name'),
  },
  own: [{ ...id('n.id'), down: true }],
}));

/** One page of notices, the newest first, with the exact total of the filter. */
export const listNotices = query(contract.listNotices, async ({ read, caller, query: asked, now, language }) => {
  const { region, status, level } = asked;
  const prefixes = narrow(regionPrefixes(caller), region && scopePrefix(region as RegionCode));
  let found = noticeRows(read, now).where((eb) => noticeInScope(eb, prefixes));
  if (status) found = found.where('s.status', '=', status);
  if (level) found = found.where('n.level', '=', level);
  const page = await pageOfList(found, ORDER, asked);
  return { ...page, rows: page.rows.map((row) => shownNotice(row, language)) };
});
