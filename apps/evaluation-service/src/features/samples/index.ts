import * as contract from '@bangfu/contracts/evaluation/samples';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { drawEvaluationSample } from './draw-sample/draw-sample.ts';
import { findSample } from './list-sample/list-sample.query.ts';
import { publishSeed } from './publish-seed/publish-seed.ts';
import { revealSeed } from './reveal-seed/reveal-seed.ts';
import { downloadSurveyWorkbook } from './survey-workbook/survey-workbook.ts';
import { verifySample } from './verify-sample/verify-sample.query.ts';

/** Seed, sample, its verification, the enumerators' workbook. */
export function sampleRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, contract.publishSeed, (call) =>
    publishSeed(service, call, call.params.evaluationId, call.body),
  );
  route(router, service, contract.revealSeed, (call) =>
    revealSeed(service, call, call.params.evaluationId, call.upload),
  );
  route(router, service, contract.drawEvaluationSample, (call) =>
    drawEvaluationSample(service, call, call.params.evaluationId, call.body.version),
  );
  route(router, service, contract.listSample, (call) =>
    findSample(service, call, call.params.evaluationId, call.query),
  );
  route(router, service, contract.verifySample, (call) => verifySample(service, call, call.params.evaluationId));
  route(router, service, contract.downloadSurveyWorkbook, async (call) => {
    await downloadSurveyWorkbook(service, call, call.params.evaluationId, call.response);
    return undefined;
  });
  return router;
}
