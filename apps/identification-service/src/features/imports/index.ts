import {
  answerSamePersons,
  commitImport,
  countImportProblems,
  discardImport,
  downloadProblemsWorkbook,
  getImport,
  listImportProblems,
  listImports,
  undoImport,
  uploadRoster,
} from '@bangfu/contracts/identification/imports';
import { asLongWork } from '@bangfu/data/limits';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { answerSame } from './answer-same-persons/answer-same-persons.ts';
import { orderCommit } from './commit-import/commit-import.ts';
import { putAside } from './discard-import/discard-import.ts';
import { getVisible, shown } from './import.repository.ts';
import { findImports } from './list-imports/list-imports.query.ts';
import { countProblems, findProblems } from './problems/list-problems.query.ts';
import { sendProblemsWorkbook } from './problems/problems-workbook.ts';
import { type RosterJobInput, runRosterJob, settleRoster } from './roster/roster-job.ts';
import { takeBackImport } from './undo-import/undo-import.ts';
import { takeRoster } from './upload-roster/upload-roster.ts';

/** The import desk: upload and dry run, report, problems, commit, discard, undo. */
export function importRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, uploadRoster, (call) =>
    takeRoster(service, call, call.upload, {
      name: call.query.name,
      county: call.query.county,
      commit: call.query.commit === 'true',
    }),
  );
  route(router, service, listImports, ({ caller, query }) => findImports(service, caller, query));
  route(router, service, getImport, async ({ caller, params }) =>
    shown(await getVisible(service.prisma, params.importId, caller)),
  );
  route(router, service, listImportProblems, ({ caller, params, query, language }) =>
    findProblems(service, caller, params.importId, query, language),
  );
  route(router, service, countImportProblems, ({ caller, params }) => countProblems(service, caller, params.importId));
  route(router, service, downloadProblemsWorkbook, async ({ caller, params, language, response }) => {
    await sendProblemsWorkbook(service, caller, params.importId, language, response);
    return undefined;
  });
  route(router, service, answerSamePersons, (call) => answerSame(service, call, call.params.importId, call.body));
  route(router, service, commitImport, (call) => orderCommit(service, call, call.params.importId, call.body.version));
  route(router, service, discardImport, (call) => putAside(service, call, call.params.importId));
  route(router, service, undoImport, (call) => asLongWork(() => takeBackImport(service, call, call.params.importId)));
  return router;
}

export function importJobs(service: Identification): Record<string, JobHandler> {
  const handler: JobHandler<RosterJobInput> = {
    run: (run) => runRosterJob(service, run),
    settle: (sql, ended) => settleRoster(service, sql, ended),
  };
  return { 'roster-import': handler };
}
