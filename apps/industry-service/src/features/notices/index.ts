import {
  answerDividendObjection,
  closeDividendNotice,
  getPublicDividendNotice,
  listPublicDividendNotices,
  openDividendNotice,
  printDividendList,
  raiseDividendObjection,
} from '@bangfu/contracts/industry/declarations';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { reply } from './answer-objection/answer-objection.ts';
import { endNotice } from './close-notice/close-notice.ts';
import { printList } from './dividend-list/dividend-list.ts';
import { postNotice } from './open-notice/open-notice.ts';
import { findPublicNotices, readPublicNotice } from './public-notices/public-notices.query.ts';
import { object } from './raise-objection/raise-objection.ts';

/** The village notice of a declaration: open, objections, close, print; and what the public sees of it. */
export function noticeRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, openDividendNotice, (call) =>
    postNotice(service, call, call.params.declarationId, call.body.version),
  );
  route(router, service, closeDividendNotice, (call) =>
    endNotice(service, call, call.params.declarationId, call.body.version),
  );
  route(router, service, answerDividendObjection, (call) =>
    reply(service, call, call.params.declarationId, call.params.objectionId, call.body),
  );
  route(router, service, printDividendList, async (call) => {
    await printList(service, call, call.params.declarationId, call.query.village, call.request, call.response);
    return undefined;
  });
  route(router, service, listPublicDividendNotices, ({ query, now }) => findPublicNotices(service, now, query));
  route(router, service, getPublicDividendNotice, ({ params, query, now }) =>
    readPublicNotice(service, now, params.declarationId, query),
  );
  route(router, service, raiseDividendObjection, (call) =>
    object(service, call, call.params.declarationId, call.body.text),
  );
  return router;
}
