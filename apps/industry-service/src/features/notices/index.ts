import * as contract from '@bangfu/contracts/industry/dividend-notices';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { answerDividendObjection } from './answer-objection/answer-objection.ts';
import { closeDividendNotice } from './close-notice/close-notice.ts';
import { printDividendList } from './dividend-list/dividend-list.ts';
import { openDividendNotice } from './open-notice/open-notice.ts';
import { listPublicDividendNotices, getPublicDividendNotice } from './public-notices/public-notices.query.ts';
import { raiseDividendObjection } from './raise-objection/raise-objection.ts';
import { trackDividendObjection } from './track-objection/track-objection.query.ts';

/** The village notices of a declaration: open, objections, close, print; and what the public sees of it. */
export function noticeRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.openDividendNotice, (call) =>
    openDividendNotice(service, call, call.params.declarationId, call.body.noticeIds),
  );
  route(router, service, contract.closeDividendNotice, (call) =>
    closeDividendNotice(service, call, call.params.declarationId, call.body.noticeIds),
  );
  route(router, service, contract.answerDividendObjection, (call) =>
    answerDividendObjection(service, call, call.params.declarationId, call.params.objectionId, call.body),
  );
  route(router, service, contract.printDividendList, async (call) => {
    await printDividendList(service, call, call.params, call.request, call.response);
    return undefined;
  });
  route(router, service, contract.listPublicDividendNotices, ({ query }) => listPublicDividendNotices(service, query));
  route(router, service, contract.getPublicDividendNotice, ({ params, query }) =>
    getPublicDividendNotice(service, params.noticeId, query),
  );
  route(router, service, contract.raiseDividendObjection, (call) =>
    raiseDividendObjection(service, call, call.params.noticeId, call.body.text),
  );
  route(router, service, contract.trackDividendObjection, ({ params, language }) =>
    trackDividendObjection(service, params.receipt, language),
  );
  return router;
}
