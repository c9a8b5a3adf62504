import { answerObjection } from './answer-objection/answer-objection.ts';
import { closeNotice } from './close-notice/close-notice.ts';
import { fileObjection } from './file-objection/file-objection.ts';
import { getNotice } from './get-notice/get-notice.ts';
import { getPublicNotice } from './get-public-notice/get-public-notice.ts';
import { listNotices } from './list-notices/list-notices.ts';
import { listPublicNotices } from './list-public-notices/list-public-notices.ts';
import { openNotice } from './open-notice/open-notice.ts';
import { trackObjection } from './track-objection/track-objection.ts';
import { verifyNotice } from './verify-notice/verify-notice.ts';

/** Notices and objections, for officers and for the public. */
export default [
  listNotices,
  getNotice,
  openNotice,
  closeNotice,
  answerObjection,
  listPublicNotices,
  getPublicNotice,
  fileObjection,
  trackObjection,
  verifyNotice,
];
