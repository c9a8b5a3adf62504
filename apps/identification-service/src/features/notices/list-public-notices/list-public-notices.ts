import * as contract from '@bangfu/contracts/identification/notices';
import { orderOf } from '@bangfu/data/typed-order';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { query } from '../../../operations.ts';
import { noticeRows, noticeStatuses, shownNotice } from '../notice-row.ts';

const NEWEST_FIRST = orderOf<object>()(noticeStatuses, ({ id }) => ({
  columns: {},
  own: [{ ...id('n.id'), down: true }],
}));

/** The notices now open and the announcements made, the newest first. The answer's contract leaves the rest out. */
export const listPublicNotices = query(contract.listPublicNotices, async ({ read, query: asked, now, language }) => {
  const shown = noticeRows(read, now).where('s.status', 'in', ['opened', 'announced']);
  const counted = noticeStatuses(read)
    .where('s.status', 'in', ['opened', 'announced'])
    .select((eb) => eb.fn.countAll<number>().as('total'));
  const page = await pageOfList(shown, NEWEST_FIRST, asked, false, counted);
  return { ...page, rows: page.rows.map((row) => shownNotice(row, language)) };
});
