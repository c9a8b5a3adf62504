import * as contract from '@bangfu/contracts/industry/declarations';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { findSuperseded } from '../notices/notice.repository.ts';
import { checkDeclaration } from './check-declaration/check-declaration.ts';
import { closeDeclaration } from './close-declaration/close-declaration.ts';
import { type DividendRunInput, runDividend, settleDividend } from './compute-lines/dividend-run.ts';
import { getDeclaration as get, shown } from './declaration.repository.ts';
import { noticesWithSteps, stepsOf } from './declaration-steps.ts';
import { discardDeclaration } from './discard-declaration/discard-declaration.ts';
import { declareDividend } from './declare-dividend/declare-dividend.ts';
import { listDeclarations } from './list-declarations/list-declarations.query.ts';
import { listDividendYears } from './list-dividend-years/list-dividend-years.query.ts';
import { listDividendLines } from './list-lines/list-lines.query.ts';
import { redraftDeclaration } from './redraft-declaration/redraft-declaration.ts';
import { submitDeclaration } from './submit-declaration/submit-declaration.ts';

/** Dividend declarations: draft and compute, submit, check, close; their lines. */
export function declarationRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.listDeclarations, (call) => listDeclarations(service, call, call.query));
  route(router, service, contract.getDeclaration, async (call) => {
    const { caller, params, now, language } = call;
    const sql = pgSql(readsOf(service, caller));
    const row = await get(sql, caller, params.declarationId);
    const superseded = await findSuperseded(sql, caller, row);
    return {
      ...shown(row, now, language),
      ...(await stepsOf(sql, row, call)),
      notices: await noticesWithSteps(sql, row, call),
      superseded: superseded.map((each) => ({ ...each, openedAt: each.openedAt.toISOString() })),
      asOf: now.toISOString(),
    };
  });
  route(router, service, contract.listDividendLines, ({ caller, params, query }) =>
    listDividendLines(service, caller, params.declarationId, query),
  );
  route(router, service, contract.listDividendYears, (call) =>
    listDividendYears(service, call, call.params.contractId),
  );
  route(router, service, contract.declareDividend, (call) => declareDividend(service, call, call.body));
  route(router, service, contract.redraftDeclaration, (call) =>
    redraftDeclaration(service, call, call.params.declarationId, call.body),
  );
  route(router, service, contract.discardDeclaration, (call) =>
    discardDeclaration(service, call, call.params.declarationId, call.body.version),
  );
  route(router, service, contract.submitDeclaration, (call) =>
    submitDeclaration(service, call, call.params.declarationId, call.body.version),
  );
  route(router, service, contract.checkDeclaration, (call) =>
    checkDeclaration(service, call, call.params.declarationId, call.body),
  );
  route(router, service, contract.closeDeclaration, (call) =>
    closeDeclaration(service, call, call.params.declarationId, call.body.version),
  );
  return router;
}

export function declarationJobs(service: Industry): Record<string, JobHandler> {
  const handler: JobHandler<DividendRunInput> = { run: (run) => runDividend(service, run), settle: settleDividend };
  return { 'dividend-run': handler };
}
