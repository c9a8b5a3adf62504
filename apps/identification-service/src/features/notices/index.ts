import {
  answerObjection,
  closeNotice,
  fileObjection,
  getNotice,
  getPublicNotice,
  listNotices,
  listPublicNotices,
  openNotice,
  trackObjection,
  verifyNotice,
} from '@bangfu/contracts/identification/notices';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { speaking } from '../cases/case-words.ts';
import { replyToObjection } from './answer-objection/answer-objection.ts';
import { takeDownNotice } from './close-notice/close-notice.ts';
import { takeObjection } from './file-objection/file-objection.ts';
import { readNotice } from './get-notice/get-notice.query.ts';
import { findNotices } from './list-notices/list-notices.query.ts';
import { hangNotice } from './open-notice/open-notice.ts';
import { findPublicNotices, readPublicNotice } from './public-notices/public-notices.query.ts';
import { followObjection } from './track-objection/track-objection.query.ts';
import { checkSeal } from './verify-notice/verify-notice.query.ts';

/** Notices and objections, for officers and for the public. */
export function noticeRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, listNotices, (call) => findNotices(service, call, call.query));
  route(router, service, getNotice, (call) => readNotice(service, call, call.params.noticeId));
  route(router, service, openNotice, (call) => speaking(call.language, hangNotice(service, call, call.body)));
  route(router, service, closeNotice, (call) =>
    speaking(call.language, takeDownNotice(service, call, call.params.noticeId)),
  );
  route(router, service, answerObjection, (call) =>
    speaking(call.language, replyToObjection(service, call, call.params.objectionId, call.body)),
  );
  route(router, service, listPublicNotices, (call) => findPublicNotices(service, call, call.query));
  route(router, service, getPublicNotice, (call) => readPublicNotice(service, call, call.params.noticeId));
  route(router, service, fileObjection, (call) =>
    speaking(call.language, takeObjection(service, call, call.params.noticeId, call.body)),
  );
  route(router, service, trackObjection, ({ params, language }) => followObjection(service, params.receipt, language));
  route(router, service, verifyNotice, (call) => checkSeal(service, call, call.query.hash));
  return router;
}
