import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { demandFrameDay, demandStep, demandVillages, requireCoveringDesign } from '@bangfu/domain/evaluation/plan';
import { requireSeedPlan } from '@bangfu/domain/evaluation/procedure';
import { command } from '../../../operations.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';
import { freeze, householdsInScope, villagesInScope } from './freeze-job.ts';

/**
 * Orders the freezing of the frame.
 * @throws DomainError EVALUATION_NOT_DRAFT, FRAME_DATE_NOT_TODAY, SEED_PLAN_MISSING,
 *   SEED_DAY_INVALID, EVALUATOR_KEY_MISSING, SAMPLE_VILLAGES_INVALID, SAMPLE_STRATUM_LEFT_OUT @throws Refusal 409
 */
export const freezeFrame = command(contract.freezeFrame, async (call) => {
  const { params, body, tx, caller, now, audit } = call;
  const before = await getVisible(tx.sql, params.evaluationId, caller);
  demandStep(before.state, 'freeze');
  demandFrameDay(before.frameDate, now);
  requireSeedPlan(before.seedPlan, before, before.signer !== null);
  demandVillages(before.design, await villagesInScope(tx.sql, before, caller.countyCode));
  requireCoveringDesign(before.design, await householdsInScope(tx.sql, before, caller.countyCode));
  const jobId = await call.orderWork(freeze.order(`固定抽样框 ${before.name}`, { evaluationId: before.id }));
  const after = await moveOn(tx, before, body.version, caller, { state: 'freezing', frame_job_id: jobId });
  audit.change('evaluation', before.id, { state: before.state }, { state: after.state, jobId });
  return after;
});
