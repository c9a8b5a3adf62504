import * as contract from '@bangfu/contracts/identification/notices';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { noticeRows, shownNotice } from '../notice-row.ts';

/** A notice as published; names are public while it hangs, not for ever: a closed one shows none. @throws Refusal 404 */
export const getPublicNotice = query(contract.getPublicNotice, async ({ read, params, now, language }) => {
  const row = await noticeRows(read, now).where('n.id', '=', params.noticeId).select('n.content').executeTakeFirst();
  if (!row) throw notFound();
  const { content, ...data } = row;
  const hanging = await read
    .selectFrom('notice_case as e')
    .innerJoin('case_file as c', (join) =>
      join.onRef('c.id', '=', 'e.case_id').onRef('c.notice_id', '=', 'e.notice_id'),
    )
    .where('e.notice_id', '=', params.noticeId)
    .select('e.position')
    .execute();
  const positions = new Set(hanging.map(({ position }) => position));
  const isPublic = row.status === 'opened' || row.status === 'announced';
  const entries = content.entries.map((entry, index) => ({
    ...entry,
    position: index + 1,
    objectionOpen: positions.has(index + 1),
  }));
  return { ...shownNotice(data, language), asOf: now.toISOString(), entries: isPublic ? entries : [] };
});
