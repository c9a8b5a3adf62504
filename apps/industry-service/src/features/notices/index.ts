import { answerDividendObjection } from './answer-dividend-objection/answer-dividend-objection.ts';
import { closeDividendNotice } from './close-dividend-notice/close-dividend-notice.ts';
import { getPublicDividendNotice } from './get-public-dividend-notice/get-public-dividend-notice.ts';
import { listPublicDividendNotices } from './list-public-dividend-notices/list-public-dividend-notices.ts';
import { openDividendNotice } from './open-dividend-notice/open-dividend-notice.ts';
import { printDividendList } from './print-dividend-list/print-dividend-list.ts';
import { raiseDividendObjection } from './raise-dividend-objection/raise-dividend-objection.ts';
import { trackDividendObjection } from './track-dividend-objection/track-dividend-objection.ts';

/** The village notices of a declaration: open, objections, close, print; and what the public sees of it. */
export default [
  openDividendNotice,
  closeDividendNotice,
  answerDividendObjection,
  printDividendList,
  listPublicDividendNotices,
  getPublicDividendNotice,
  raiseDividendObjection,
  trackDividendObjection,
];
