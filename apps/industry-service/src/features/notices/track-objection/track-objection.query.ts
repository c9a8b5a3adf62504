import { instant } from '@bangfu/data/instant';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { trackDividendObjection as operation } from '@bangfu/contracts/industry/dividend-notices';
import { readReceipt } from '@bangfu/domain/shared/receipt';
import { pgSql } from '@bangfu/data/sql';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';

type Answer = AnswerInputOf<typeof operation>;

/** What became of an objection to a dividend; who holds the receipt reads the answer, nobody else finds it. @throws Refusal 404 */
export async function trackDividendObjection(service: Industry, text: string, language: 'zh' | 'en'): Promise<Answer> {
  const receipt = readReceipt(text);
  if (!receipt) throw notFound();
  const [row] = await pgSql(service.readPool).query<
    Omit<Answer, 'noticeTitle'> & { entity: string; year: number; village: string | null }
  >(
    `SELECT r.receipt, e.name AS entity, d.year, n.village_name AS village, ${instant('r.raised_at')} AS "filedAt",
       CASE WHEN o.upheld THEN 'upheld' WHEN NOT o.upheld THEN 'dismissed' WHEN o.revision < d.revision THEN 'lapsed' END
         AS outcome, o.answer, ${instant('o.answered_at')} AS "answeredAt"
     FROM (SELECT id AS objection_id, receipt, raised_at FROM declaration_objection WHERE receipt = $1
       UNION ALL SELECT objection_id, receipt, raised_at FROM declaration_objection_supporter WHERE receipt = $1) r
     JOIN declaration_objection o ON o.id = r.objection_id JOIN declaration d ON d.id = o.declaration_id JOIN entity e ON e.id = d.entity_id
     LEFT JOIN declaration_notice n ON n.id = o.notice_id`,
    [receipt],
  );
  if (!row) throw notFound();
  const { entity, year, village, ...answer } = row;
  const place = village ? `（${village}）` : '';
  const noticeTitle =
    language === 'zh' ? `${entity} ${year} 年度入股分红公示${place}` : `Share dividend ${year} of ${entity}${place}`;
  return { ...answer, noticeTitle };
}
