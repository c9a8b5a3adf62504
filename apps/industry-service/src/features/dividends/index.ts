import * as contract from '@bangfu/contracts/industry/dividends';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { listDividends } from './list-dividends/list-dividends.query.ts';
import { listLateDividends } from './list-late-dividends/list-late-dividends.query.ts';

/** Dividends over all declarations: the lines, and what is late. */
export function dividendRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.listDividends, ({ caller, query }) => listDividends(service, caller, query));
  route(router, service, contract.listLateDividends, (call) => listLateDividends(service, call, call.query));
  return router;
}
