import * as contract from '@bangfu/contracts/evaluation/returns';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import {
  listReturnFiles,
  listReturnProblems,
  downloadReturnFile,
} from './list-return-files/list-return-files.query.ts';
import { RETURNS, returnsJob, uploadReturns } from './upload-returns/upload-returns.ts';

/** Sealed files of returns: in, listed, their problems, out again unchanged. */
export function returnRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, contract.uploadReturns, (call) =>
    uploadReturns(service, call, call.params.evaluationId, call.query.name, call.upload),
  );
  route(router, service, contract.listReturnFiles, (call) =>
    listReturnFiles(service, call, call.params.evaluationId, call.query),
  );
  route(router, service, contract.listReturnProblems, (call) =>
    listReturnProblems(service, call, call.params, call.query, call.language),
  );
  route(router, service, contract.downloadReturnFile, async (call) => {
    await downloadReturnFile(service, call, call.params, call.response);
    return undefined;
  });
  return router;
}

export const returnJobs = (service: Evaluation): Record<string, JobHandler> => ({ [RETURNS]: returnsJob(service) });
