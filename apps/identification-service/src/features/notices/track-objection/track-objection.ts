import * as contract from '@bangfu/contracts/identification/notices';
import { readReceipt } from '@bangfu/domain/shared/receipt';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { noticeNumber, noticeTitle, placeOf } from '../notice-row.ts';

/** What became of an objection; who holds the receipt reads the answer, nobody else finds it. @throws Refusal 404 */
export const trackObjection = query(contract.trackObjection, async ({ read, params, language }) => {
  const receipt = readReceipt(params.receipt);
  if (!receipt) throw notFound();
  const supported = read
    .selectFrom('objection_supporter')
    .where('receipt', '=', receipt)
    .select(['objection_id', 'filed_at']);
  const row = await read
    .selectFrom(
      read
        .selectFrom('objection')
        .where('receipt', '=', receipt)
        .select(['id as objection_id', 'filed_at'])
        .unionAll(supported)
        .as('r'),
    )
    .innerJoin('objection as o', 'o.id', 'r.objection_id')
    .innerJoin('notice as n', 'n.id', 'o.notice_id')
    .leftJoin('objection_answer as a', 'a.objection_id', 'o.id')
    .select(['n.year', 'n.serial', 'n.kind', 'n.level', 'r.filed_at as filedAt'])
    .select((eb) => ['a.outcome', 'a.answer', 'a.answered_at as answeredAt', placeOf(eb).as('place')])
    .executeTakeFirst();
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
});
