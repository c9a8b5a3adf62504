import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Evaluation } from '../../db/client.ts';
import { approveThresholds } from './approve-thresholds/approve-thresholds.ts';
import { createEvaluation } from './create-evaluation/create-evaluation.ts';
import { downloadFrame } from './download-frame/download-frame.ts';
import { getVisible } from './evaluation.repository.ts';
import { type FreezeJobInput, runFreezeJob, settleFreeze } from './freeze-frame/freeze-job.ts';
import { freezeFrame } from './freeze-frame/freeze-frame.ts';
import { findEvaluations } from './list-evaluations/list-evaluations.query.ts';
import { findFrameRows } from './list-frame/list-frame.query.ts';
import { noteLook } from './looks.ts';
import { registerEvaluatorKey } from './register-evaluator-key/register-evaluator-key.ts';
import { reviseEvaluation } from './revise-evaluation/revise-evaluation.ts';

/** Evaluations and their frozen frames. */
export function evaluationRoutes(service: Evaluation): Router {
  const router = Router();
  route(router, service, contract.createEvaluation, (call) => createEvaluation(service, call, call.body));
  route(router, service, contract.reviseEvaluation, (call) =>
    reviseEvaluation(service, call, call.params.evaluationId, call.body),
  );
  route(router, service, contract.listEvaluations, ({ caller, query }) => findEvaluations(service, caller, query));
  route(router, service, contract.getEvaluation, async (call) => {
    const { evaluationId } = call.params;
    const evaluation = await getVisible(pgSql(readsOf(service, call.caller)), evaluationId, call.caller);
    await noteLook(service, call, { action: 'evaluation.evaluation.read', evaluationId, sensitive: false });
    return evaluation;
  });
  route(router, service, contract.approveThresholds, (call) =>
    approveThresholds(service, call, call.params.evaluationId, call.body.version),
  );
  route(router, service, contract.freezeFrame, (call) =>
    freezeFrame(service, call, call.params.evaluationId, call.body.version),
  );
  route(router, service, contract.registerEvaluatorKey, (call) =>
    registerEvaluatorKey(service, call, call.params.evaluationId, call.body),
  );
  route(router, service, contract.listFrame, (call) =>
    findFrameRows(service, call, call.params.evaluationId, call.query),
  );
  route(router, service, contract.downloadFrame, async (call) => {
    await downloadFrame(service, call, call.params.evaluationId, call.response);
    return undefined;
  });
  return router;
}

export function evaluationJobs(service: Evaluation): Record<string, JobHandler> {
  const handler: JobHandler<FreezeJobInput> = { run: (run) => runFreezeJob(service, run), settle: settleFreeze };
  return { 'freeze-frame': handler };
}
