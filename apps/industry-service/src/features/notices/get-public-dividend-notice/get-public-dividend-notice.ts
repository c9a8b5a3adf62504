import * as contract from '@bangfu/contracts/industry/dividend-notices';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { notFound } from '@bangfu/platform/http/refusal';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { query, type Tables } from '../../../operations.ts';
import { hangingNotices, publicNotice } from '../public-notices.ts';

const postedLines = (read: ReadSql<Tables>) =>
  read
    .selectFrom('posted_line as l')
    .select(['l.line_number as lineNumber', 'l.head_name as headName', 'l.village_name as villageName'])
    .select('l.amount_fen as amountFen');

const AS_POSTED = orderOf<object>()(postedLines, ({ number }) => ({ columns: {}, own: [number('l.line_number')] }));

/** A hanging notice with a page of its names, villages and amounts. @throws Refusal 404 */
export const getPublicDividendNotice = query(
  contract.getPublicDividendNotice,
  async ({ params, read, query: asked }) => {
    const row = await hangingNotices(read).where('n.id', '=', params.noticeId).executeTakeFirst();
    if (!row) throw notFound();
    const posted = postedLines(read).where('l.notice_id', '=', params.noticeId);
    const counted = { executeTakeFirstOrThrow: () => Promise.resolve({ total: row.households }) };
    return { ...publicNotice(row), lines: await pageOfList(posted, AS_POSTED, asked, false, counted) };
  },
);
