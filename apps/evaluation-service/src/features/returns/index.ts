import {
  downloadReturnFile,
  listReturnFiles,
  listReturnProblems,
  uploadReturns,
} from '@bangfu/contracts/evaluation/returns';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { listFiles, listProblems, sendReturnFile } from './list-return-files/list-return-files.query.ts';
import { takeReturns } from './upload-returns/upload-returns.ts';

/** Sealed files of returns: in, listed, their problems, out again unchanged. */
export function returnRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, uploadReturns, (call) =>
    takeReturns(service, call, call.params.evaluationId, call.query.name, call.upload),
  );
  route(router, service, listReturnFiles, (call) => listFiles(service, call, call.params.evaluationId, call.query));
  route(router, service, listReturnProblems, (call) =>
    listProblems(service, call, call.params, call.query, call.language),
  );
  route(router, service, downloadReturnFile, async (call) => {
    await sendReturnFile(service, call, call.params, call.response);
    return undefined;
  });
  return router;
}
