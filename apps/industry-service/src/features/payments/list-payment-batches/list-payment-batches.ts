import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/payments';
import { orderOf } from '@bangfu/data/typed-order';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { entityVisible } from '../../../db/scope.ts';
import { query } from '../../../operations.ts';
import { ANSWERS, batches, shownBatch } from '../batch.repository.ts';

const ORDER = orderOf<QueryOf<typeof contract.listPaymentBatches>>()(
  batches,
  ({ text, name, number, instant, id }) => ({
    columns: {
      number: text('b.number'),
      entityName: name('e.name'),
      year: number('d.year'),
      lines: number('b.lines'),
      totalFen: number('b.total_fen'),
      paidLines: number(ANSWERS.paidLines),
      returnedLines: number(ANSWERS.returnedLines),
      rejectedLines: number(ANSWERS.rejectedLines),
      waitingLines: number(ANSWERS.waitingLines),
      createdBy: name('b.created_by'),
      createdAt: instant('b.created_at'),
    },
    // Ids are ordered by time.
    own: [{ ...id('b.id'), down: true }],
  }),
);

/** One page of payment batches, the newest first. */
export const listPaymentBatches = query(contract.listPaymentBatches, async ({ read, caller, query: asked }) => {
  const { declarationId } = asked;
  const seen = batches(read).where((eb) => entityVisible(eb, caller));
  const list = declarationId === undefined ? seen : seen.where('b.declaration_id', '=', declarationId);
  const page = await pageOfList(list, ORDER, asked);
  return { ...page, rows: page.rows.map(shownBatch) };
});
