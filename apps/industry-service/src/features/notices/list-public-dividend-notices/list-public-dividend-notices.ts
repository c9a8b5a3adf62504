import * as contract from '@bangfu/contracts/industry/dividend-notices';
import { orderOf } from '@bangfu/data/typed-order';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { query } from '../../../operations.ts';
import { hangingNotices, publicNotice } from '../public-notices.ts';

const NEWEST_FIRST = orderOf<object>()(hangingNotices, ({ id }) => ({
  columns: {},
  own: [{ ...id('n.id'), down: true }],
}));

/** One page of the dividend notices that hang now, each in its village. */
export const listPublicDividendNotices = query(contract.listPublicDividendNotices, async ({ read, query: asked }) => {
  const { county } = asked;
  const hanging = hangingNotices(read);
  const list = county === undefined ? hanging : hanging.where('d.county_code', '=', county);
  const page = await pageOfList(list, NEWEST_FIRST, asked);
  return { ...page, rows: page.rows.map(publicNotice) };
});
