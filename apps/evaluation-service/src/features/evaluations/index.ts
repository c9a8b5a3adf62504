import { createEvaluation } from './create-evaluation/create-evaluation.ts';
import { downloadFrame } from './download-frame/download-frame.ts';
import { freezeFrame } from './freeze-frame/freeze-frame.ts';
import { freeze } from './freeze-frame/freeze-job.ts';
import { getEvaluation } from './get-evaluation/get-evaluation.ts';
import { listEvaluations } from './list-evaluations/list-evaluations.ts';
import { listFrame } from './list-frame/list-frame.ts';
import { registerEvaluatorKey } from './register-evaluator-key/register-evaluator-key.ts';
import { reviseEvaluation } from './revise-evaluation/revise-evaluation.ts';

/** Evaluations and their frozen frames. */
export default [
  createEvaluation,
  reviseEvaluation,
  listEvaluations,
  getEvaluation,
  freezeFrame,
  freeze,
  registerEvaluatorKey,
  listFrame,
  downloadFrame,
];
