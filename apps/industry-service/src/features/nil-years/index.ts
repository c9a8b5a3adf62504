import * as contract from '@bangfu/contracts/industry/nil-years';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { decideNilYear } from './decide-nil-year/decide-nil-year.ts';
import { declareNilYear } from './declare-nil-year/declare-nil-year.ts';
import { withdrawNilYear } from './withdraw-nil-year/withdraw-nil-year.ts';

/** Dividend years with nothing to distribute: declare, decide, withdraw; they are listed with a contract's years. */
export function nilYearRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.declareNilYear, (call) =>
    declareNilYear(service, call, call.params.contractId, call.body),
  );
  route(router, service, contract.decideNilYear, (call) => decideNilYear(service, call, call.params.nilId, call.body));
  route(router, service, contract.withdrawNilYear, (call) => withdrawNilYear(service, call, call.params.nilId));
  return router;
}
