import {
  downloadSurveyWorkbook,
  drawEvaluationSample,
  listSample,
  publishSeed,
  verifySample,
} from '@bangfu/contracts/evaluation/samples';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { drawTheSample } from './draw-sample/draw-sample.ts';
import { findSample } from './list-sample/list-sample.query.ts';
import { recordSeed } from './publish-seed/publish-seed.ts';
import { sendSurveyWorkbook } from './survey-workbook/survey-workbook.ts';
import { drawAgain } from './verify-sample/verify-sample.query.ts';

/** Seed, sample, its verification, the enumerators' workbook. */
export function sampleRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, publishSeed, (call) => recordSeed(service, call, call.params.evaluationId, call.body));
  route(router, service, drawEvaluationSample, (call) =>
    drawTheSample(service, call, call.params.evaluationId, call.body.version),
  );
  route(router, service, listSample, (call) => findSample(service, call, call.params.evaluationId, call.query));
  route(router, service, verifySample, (call) => drawAgain(service, call, call.params.evaluationId));
  route(router, service, downloadSurveyWorkbook, async (call) => {
    await sendSurveyWorkbook(service, call, call.params.evaluationId, call.response);
    return undefined;
  });
  return router;
}
