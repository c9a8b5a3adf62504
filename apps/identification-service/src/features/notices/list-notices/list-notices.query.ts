import type { listNotices as operation } from '@bangfu/contracts/identification/notices';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny, narrow } from '@bangfu/service-kit/db/scope';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Identification } from '../../../db/client.ts';
import { NOTICE_COLUMNS, NOTICE_JOINS, type NoticeData, shownNotice } from '../notice-row.ts';

/** A notice lies within a scope when one of its entries does; `$2` holds the village patterns. */
export const NOTICE_IN_SCOPE = `EXISTS (SELECT 1 FROM notice_case e WHERE e.notice_id = n.id AND e.village_code LIKE ANY ($2::text[]))`;

/** One page of notices, the newest first, with the exact total of the filter. */
export async function listNotices(
  service: Identification,
  call: { readonly caller: Caller; readonly now: Date; readonly language: 'zh' | 'en' },
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const { caller, now, language } = call;
  const prefixes = narrow(regionPrefixes(caller), query.region && scopePrefix(query.region as RegionCode));
  const after = decodeCursor(query.cursor, 1);
  const where = `${NOTICE_IN_SCOPE} AND ($3::text IS NULL OR s.status = $3) AND ($4::text IS NULL OR n.level = $4)`;
  const params = [now.toISOString(), likeAny(prefixes), query.status ?? null, query.level ?? null];
  const pool = readsOf(service, caller);
  const { rows } = await pool.query<NoticeData>(
    `SELECT ${NOTICE_COLUMNS} FROM notice n ${NOTICE_JOINS} WHERE ${where} ${after ? 'AND n.id < $6::uuid' : ''}
     ORDER BY n.id DESC LIMIT $5`,
    [...params, query.limit + 1, ...(after ?? [])],
  );
  const count = await pool.query<{ n: number }>(
    `SELECT count(*) AS n FROM notice n ${NOTICE_JOINS} WHERE ${where}`,
    params,
  );
  const page = toPage(rows, query.limit, count.rows[0]?.n ?? 0, (row) => [row.id]);
  return { ...page, rows: page.rows.map((row) => shownNotice(row, language)) };
}
