import * as contract from '@bangfu/contracts/identification/notices';
import { query } from '../../../operations.ts';
import { noticeRows, shownNotice } from '../notice-row.ts';
import { sealOf } from '../seal-notice.ts';

/** Checks the seal printed on a notice: whether there is such a notice, and whether what is kept is what was sealed. */
export const verifyNotice = query(contract.verifyNotice, async ({ read, query: { hash }, now, language }) => {
  const row = await noticeRows(read, now)
    .where('n.content_hash', '=', hash)
    .orderBy('n.id', 'desc')
    .limit(1)
    .select('n.content')
    .executeTakeFirst();
  if (!row) return { intact: false, notice: null };
  const { content, ...data } = row;
  return { intact: sealOf(content) === hash, notice: shownNotice(data, language) };
});
