import * as contract from '@bangfu/contracts/identification/notices';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { speaking } from '../cases/case-words.ts';
import { answerObjection } from './answer-objection/answer-objection.ts';
import { closeNotice } from './close-notice/close-notice.ts';
import { fileObjection } from './file-objection/file-objection.ts';
import { getNotice } from './get-notice/get-notice.query.ts';
import { listNotices } from './list-notices/list-notices.query.ts';
import { openNotice } from './open-notice/open-notice.ts';
import { listPublicNotices, getPublicNotice } from './public-notices/public-notices.query.ts';
import { trackObjection } from './track-objection/track-objection.query.ts';
import { verifyNotice } from './verify-notice/verify-notice.query.ts';

/** Notices and objections, for officers and for the public. */
export function noticeRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, contract.listNotices, (call) => listNotices(service, call, call.query));
  route(router, service, contract.getNotice, (call) => getNotice(service, call, call.params.noticeId));
  route(router, service, contract.openNotice, (call) => speaking(call.language, openNotice(service, call, call.body)));
  route(router, service, contract.closeNotice, (call) =>
    speaking(call.language, closeNotice(service, call, call.params.noticeId)),
  );
  route(router, service, contract.answerObjection, (call) =>
    speaking(call.language, answerObjection(service, call, call.params.objectionId, call.body)),
  );
  route(router, service, contract.listPublicNotices, (call) => listPublicNotices(service, call, call.query));
  route(router, service, contract.getPublicNotice, (call) => getPublicNotice(service, call, call.params.noticeId));
  route(router, service, contract.fileObjection, (call) =>
    speaking(call.language, fileObjection(service, call, call.params.noticeId, call.body)),
  );
  route(router, service, contract.trackObjection, ({ params, language }) =>
    trackObjection(service, params.receipt, language),
  );
  route(router, service, contract.verifyNotice, (call) => verifyNotice(service, call, call.query.hash));
  return router;
}
