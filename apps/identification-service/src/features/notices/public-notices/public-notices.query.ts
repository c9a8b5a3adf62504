import type * as contract from '@bangfu/contracts/identification/notices';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { pgSql } from '@bangfu/data/sql';
import type { NoticeContent } from '@bangfu/domain/identification/notice/content';
import { byId, down, listOrder } from '@bangfu/data/list-order';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { NOTICE_COLUMNS, NOTICE_JOINS, type NoticeData, shownNotice } from '../notice-row.ts';

const PUBLIC = `s.status IN ('opened', 'announced')`;
/** `$1` is the instant of the other statement, which no count looks at. */
const PUBLIC_TOTAL = `SELECT count(*)::float8 AS n FROM notice n JOIN LATERAL (SELECT status FROM notice_status s
  WHERE s.notice_id = n.id ORDER BY position DESC LIMIT 1) s ON true WHERE ${PUBLIC} AND $1::text IS NOT NULL`;
const NEWEST_FIRST = listOrder({}, [down(byId('n.id'))]);

/** The notices now open and the announcements made, the newest first. The answer's contract leaves the rest out. */
export async function listPublicNotices(
  service: Identification,
  call: { readonly now: Date; readonly language: 'zh' | 'en' },
  query: QueryOf<typeof contract.listPublicNotices>,
): Promise<AnswerInputOf<typeof contract.listPublicNotices>> {
  const page = await readPage<NoticeData>(pgSql(service.readPool), NEWEST_FIRST, query, {
    columns: NOTICE_COLUMNS,
    from: `FROM notice n ${NOTICE_JOINS} WHERE ${PUBLIC}`,
    params: [call.now.toISOString()],
    total: PUBLIC_TOTAL,
  });
  return { ...page, rows: page.rows.map((row) => shownNotice(row, call.language)) };
}

/** A notice as published; names are public while it hangs, not for ever: a closed one shows none. @throws Refusal 404 */
export async function getPublicNotice(
  service: Identification,
  call: { readonly now: Date; readonly language: 'zh' | 'en' },
  noticeId: string,
): Promise<AnswerInputOf<typeof contract.getPublicNotice>> {
  const { rows } = await service.readPool.query<NoticeData & { content: NoticeContent; positions: number[] | null }>(
    `SELECT ${NOTICE_COLUMNS}, n.content, (SELECT array_agg(e.position) FROM notice_case e
       JOIN case_file c ON c.id = e.case_id AND c.notice_id = e.notice_id WHERE e.notice_id = n.id) AS positions
     FROM notice n ${NOTICE_JOINS} WHERE n.id = $2::uuid`,
    [call.now.toISOString(), noticeId],
  );
  const [row] = rows;
  if (!row) throw notFound();
  const { content, positions, ...data } = row;
  const isPublic = row.status === 'opened' || row.status === 'announced';
  const entries = content.entries.map((entry, index) => ({
    ...entry,
    position: index + 1,
    objectionOpen: positions?.includes(index + 1) ?? false,
  }));
  return { ...shownNotice(data, call.language), asOf: call.now.toISOString(), entries: isPublic ? entries : [] };
}
