import {
  getIncomeStatement,
  issueIncomeStatement,
  listIncomeHouseholds,
  printIncomeStatement,
  verifyStatement,
} from '@bangfu/contracts/industry/statements';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { findIncomeHouseholds, readStatement } from './income-statement/income-statement.query.ts';
import { issueStatement } from './issue-statement/issue-statement.ts';
import { printStatement } from './print-statement/print-statement.ts';
import { verify } from './verify-statement/verify-statement.query.ts';

/** Household income statements: read, issue, print, verify. */
export function statementRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, listIncomeHouseholds, ({ caller, query }) => findIncomeHouseholds(service, caller, query));
  route(router, service, getIncomeStatement, ({ caller, params }) =>
    readStatement(service, caller, params.householdNumber),
  );
  route(router, service, issueIncomeStatement, (call) => issueStatement(service, call, call.params.householdNumber));
  route(router, service, printIncomeStatement, async (call) => {
    await printStatement(service, call, call.params.number, call.request, call.response);
    return undefined;
  });
  route(router, service, verifyStatement, ({ params }) => verify(service, params.number));
  return router;
}
