import { instant } from '@bangfu/service-kit/db/instant';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { trackDividendObjection as operation } from '@bangfu/contracts/industry/dividend-notices';
import { readReceipt } from '@bangfu/domain/shared/receipt';
import { pgSql } from '@bangfu/events/sql';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';

type Answer = AnswerInputOf<typeof operation>;

/** What became of an objection to a dividend; who holds the receipt reads the answer, nobody else finds it. @throws Refusal 404 */
export async function trackDividendObjection(service: Industry, text: string, language: 'zh' | 'en'): Promise<Answer> {
  const receipt = readReceipt(text);
  if (!receipt) throw notFound();
  const [row] = await pgSql(service.readPool).query<Omit<Answer, 'noticeTitle'> & { entity: string; year: number }>(
    `SELECT o.receipt, e.name AS entity, d.year, ${instant('o.raised_at')} AS "filedAt",
       CASE WHEN o.upheld THEN 'upheld' WHEN NOT o.upheld THEN 'dismissed' WHEN o.revision < d.revision THEN 'lapsed' END
         AS outcome, o.answer, ${instant('o.answered_at')} AS "answeredAt"
     FROM declaration_objection o JOIN declaration d ON d.id = o.declaration_id JOIN entity e ON e.id = d.entity_id
     WHERE o.receipt = $1`,
    [receipt],
  );
  if (!row) throw notFound();
  const { entity, year, ...answer } = row;
  const noticeTitle = language === 'zh' ? `${entity} ${year} 年度入股分红公示` : `Share dividend ${year} of ${entity}`;
  return { ...answer, noticeTitle };
}
