import {
  NOTICE_LEVELS,
  NOTICE_STATUSES,
  type listNotices as operation,
} from '@bangfu/contracts/identification/notices';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { CASE_KINDS } from '@bangfu/domain/identification/policy/policy';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { byDay, byId, byInstant, byName, byNumber, byStage, down, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny, narrow } from '@bangfu/data/scope';
import { readPage } from '@bangfu/platform/http/page';
import type { Identification } from '../../../db/client.ts';
import { NOTICE_COLUMNS, NOTICE_JOINS, type NoticeData, shownNotice } from '../notice-row.ts';

/** A notice lies within a scope when one of its entries does; `$2` holds the village patterns. */
export const NOTICE_IN_SCOPE = `EXISTS (SELECT 1 FROM notice_case e WHERE e.notice_id = n.id AND e.village_code LIKE ANY ($2::text[]))`;

const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    // As the numbers are filed: 公 and 示 count on together.
    number: byNumber('n.year * 1000000::bigint + n.serial'),
    place: byName(`(n.content->>'place')`),
    level: byStage('n.level', NOTICE_LEVELS),
    kind: byStage('n.kind', CASE_KINDS),
    status: byStage('s.status', NOTICE_STATUSES),
    openedOn: byDay('n.opened_on'),
    until: byDay('(n.opened_on + n.full_days)'),
    fullDays: byNumber('n.full_days'),
    households: byNumber(`jsonb_array_length(n.content->'entries')`),
    hanging: byNumber('h.hanging'),
    closable: byNumber('h.closable'),
    closableFrom: nullable(byInstant('h.closable_from')),
    objections: byNumber('o.objections'),
    openObjections: byNumber('o.open'),
    openedBy: byName('n.account_name'),
  },
  [down(byId('n.id'))],
);

/** One page of notices, the newest first, with the exact total of the filter. */
export async function listNotices(
  service: Identification,
  call: { readonly caller: Caller; readonly now: Date; readonly language: 'zh' | 'en' },
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const { caller, now, language } = call;
  const prefixes = narrow(regionPrefixes(caller), query.region && scopePrefix(query.region as RegionCode));
  const where = `${NOTICE_IN_SCOPE} AND ($3::text IS NULL OR s.status = $3) AND ($4::text IS NULL OR n.level = $4)`;
  const params = [now.toISOString(), likeAny(prefixes), query.status ?? null, query.level ?? null];
  const page = await readPage<NoticeData>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: NOTICE_COLUMNS,
    from: `FROM notice n ${NOTICE_JOINS} WHERE ${where}`,
    params,
  });
  return { ...page, rows: page.rows.map((row) => shownNotice(row, language)) };
}
