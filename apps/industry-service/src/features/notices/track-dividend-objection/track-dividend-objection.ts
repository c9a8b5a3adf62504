import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/dividend-notices';
import { instantOf } from '@bangfu/data/instant';
import { readReceipt } from '@bangfu/domain/shared/receipt';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';

type Answer = AnswerInputOf<typeof contract.trackDividendObjection>;

/** What became of an objection to a dividend; who holds the receipt reads the answer, no other finds it. @throws Refusal 404 */
export const trackDividendObjection = query(contract.trackDividendObjection, async (call): Promise<Answer> => {
  const receipt = readReceipt(call.params.receipt);
  if (!receipt) throw notFound();
  const row = await call.read
    .selectFrom((from) =>
      from
        .selectFrom('declaration_objection')
        .where('receipt', '=', receipt)
        .select(['id as objection_id', 'receipt', 'raised_at'])
        .unionAll(
          from
            .selectFrom('declaration_objection_supporter')
            .where('receipt', '=', receipt)
            .select(['objection_id', 'receipt', 'raised_at']),
        )
        .as('r'),
    )
    .innerJoin('declaration_objection as o', 'o.id', 'r.objection_id')
    .innerJoin('declaration as d', 'd.id', 'o.declaration_id')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .leftJoin('declaration_notice as n', 'n.id', 'o.notice_id')
    .select(['r.receipt', 'e.name as entity', 'd.year', 'n.village_name as village', 'o.answer', 'o.upheld'])
    .select((eb) => [
      eb('o.revision', '<', eb.ref('d.revision')).as('isEarlier'),
      instantOf(eb.ref('r.raised_at')).as('filedAt'),
      instantOf(eb.ref('o.answered_at')).as('answeredAt'),
    ])
    .executeTakeFirst();
  if (!row) throw notFound();
  const { entity, year, village, upheld, isEarlier, ...answer } = row;
  const place = village ? `（${village}）` : '';
  const noticeTitle =
    call.language === 'zh'
      ? `${entity} ${year} 年度入股分红公示${place}`
      : `Share dividend ${year} of ${entity}${place}`;
  const outcome = upheld === null ? (isEarlier ? 'lapsed' : null) : upheld ? 'upheld' : 'dismissed';
  return { ...answer, outcome, noticeTitle };
});
