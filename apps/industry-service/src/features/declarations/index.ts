import {
  checkDeclaration,
  closeDeclaration,
  declareDividend,
  getDeclaration,
  listDeclarations,
  listDividendLines,
  redraftDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { route } from '@bangfu/service-kit/http/route';
import type { JobHandler, JobRun } from '@bangfu/service-kit/jobs/job';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { examine } from './check-declaration/check-declaration.ts';
import { settle } from './close-declaration/close-declaration.ts';
import { type DividendRunInput, runDividend } from './compute-lines/dividend-run.ts';
import { getDeclaration as get, shown } from './declaration.repository.ts';
import { draftDividend } from './declare-dividend/declare-dividend.ts';
import { findDeclarations } from './list-declarations/list-declarations.query.ts';
import { findLines } from './list-lines/list-lines.query.ts';
import { redraftDividend } from './redraft-declaration/redraft-declaration.ts';
import { handIn } from './submit-declaration/submit-declaration.ts';

/** Dividend declarations: draft and compute, submit, check, close; their lines. */
export function declarationRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, listDeclarations, (call) => findDeclarations(service, call, call.query));
  route(router, service, getDeclaration, async ({ caller, params, now, language }) => ({
    ...shown(await get(pgSql(readsOf(service, caller)), caller, params.declarationId), now, language),
    asOf: now.toISOString(),
  }));
  route(router, service, listDividendLines, ({ caller, params, query }) =>
    findLines(service, caller, params.declarationId, query),
  );
  route(router, service, declareDividend, (call) => draftDividend(service, call, call.body));
  route(router, service, redraftDeclaration, (call) =>
    redraftDividend(service, call, call.params.declarationId, call.body),
  );
  route(router, service, submitDeclaration, (call) =>
    handIn(service, call, call.params.declarationId, call.body.version),
  );
  route(router, service, checkDeclaration, (call) => examine(service, call, call.params.declarationId, call.body));
  route(router, service, closeDeclaration, (call) =>
    settle(service, call, call.params.declarationId, call.body.version),
  );
  return router;
}

export function declarationJobs(service: Industry): Record<string, JobHandler> {
  return { 'dividend-run': (run) => runDividend(service, run as JobRun<DividendRunInput>) };
}
