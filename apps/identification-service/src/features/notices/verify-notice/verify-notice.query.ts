import type { verifyNotice as operation } from '@bangfu/contracts/identification/notices';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { NoticeContent } from '@bangfu/domain/identification/notice/content';
import type { Identification } from '../../../db/client.ts';
import { NOTICE_COLUMNS, NOTICE_JOINS, type NoticeData, shownNotice } from '../notice-row.ts';
import { sealOf } from '../seal-notice.ts';

/** Checks the seal printed on a notice: whether there is such a notice, and whether what is kept is what was sealed. */
export async function verifyNotice(
  service: Identification,
  call: { readonly now: Date; readonly language: 'zh' | 'en' },
  hash: string,
): Promise<AnswerInputOf<typeof operation>> {
  const { rows } = await service.readPool.query<NoticeData & { content: NoticeContent }>(
    `SELECT ${NOTICE_COLUMNS}, n.content FROM notice n ${NOTICE_JOINS} WHERE n.content_hash = $2 ORDER BY n.id DESC LIMIT 1`,
    [call.now.toISOString(), hash],
  );
  const [row] = rows;
  if (!row) return { intact: false, notice: null };
  const { content, ...data } = row;
  return { intact: sealOf(content) === hash, notice: shownNotice(data, call.language) };
}
