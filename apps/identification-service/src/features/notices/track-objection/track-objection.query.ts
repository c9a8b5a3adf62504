import type { trackObjection as operation } from '@bangfu/contracts/identification/notices';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { readReceipt } from '@bangfu/domain/shared/receipt';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { noticeNumber, noticeTitle, type NoticeData } from '../notice-row.ts';

type Answer = AnswerInputOf<typeof operation>;
type Row = Pick<NoticeData, 'year' | 'serial' | 'kind' | 'level' | 'place'> &
  Pick<Answer, 'outcome' | 'answer'> & { readonly filedAt: Date; readonly answeredAt: Date | null };

/** What became of an objection; who holds the receipt reads the answer, nobody else finds it. @throws Refusal 404 */
export async function trackObjection(service: Identification, text: string, language: 'zh' | 'en'): Promise<Answer> {
  const receipt = readReceipt(text);
  if (!receipt) throw notFound();
  const { rows } = await service.readPool.query<Row>(
    `SELECT n.year, n.serial, n.kind, n.level, n.content->>'place' AS place, r.filed_at AS "filedAt", a.outcome, a.answer,
       a.answered_at AS "answeredAt"
     FROM (SELECT id AS objection_id, filed_at FROM objection WHERE receipt = $1
       UNION ALL SELECT objection_id, filed_at FROM objection_supporter WHERE receipt = $1) r
     JOIN objection o ON o.id = r.objection_id JOIN notice n ON n.id = o.notice_id
     LEFT JOIN objection_answer a ON a.objection_id = o.id`,
    [receipt],
  );
  const [row] = rows;
  if (!row) throw notFound();
  return {
    receipt,
    noticeTitle: noticeTitle(row, language),
    noticeNumber: noticeNumber(row),
    filedAt: row.filedAt.toISOString(),
    outcome: row.outcome,
    answer: row.answer,
    answeredAt: row.answeredAt?.toISOString() ?? null,
  };
}
