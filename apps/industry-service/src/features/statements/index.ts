import * as contract from '@bangfu/contracts/industry/statements';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { listIncomeHouseholds, getIncomeStatement } from './income-statement/income-statement.query.ts';
import { issueIncomeStatement } from './issue-statement/issue-statement.ts';
import { printIncomeStatement } from './print-statement/print-statement.ts';
import { verifyStatement } from './verify-statement/verify-statement.query.ts';

/** Household income statements: read, issue, print, verify. */
export function statementRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.listIncomeHouseholds, ({ caller, query }) =>
    listIncomeHouseholds(service, caller, query),
  );
  route(router, service, contract.getIncomeStatement, (call) =>
    getIncomeStatement(service, call, call.params.householdNumber),
  );
  route(router, service, contract.issueIncomeStatement, (call) =>
    issueIncomeStatement(service, call, call.params.householdNumber),
  );
  route(router, service, contract.printIncomeStatement, async (call) => {
    await printIncomeStatement(service, call, call.params.number, call.request, call.response);
    return undefined;
  });
  route(router, service, contract.verifyStatement, ({ params }) => verifyStatement(service, params.number));
  return router;
}
