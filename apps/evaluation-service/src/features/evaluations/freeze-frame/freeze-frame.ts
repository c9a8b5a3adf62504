import { type Evaluation as Shown, freezeFrame as operation } from '@bangfu/contracts/evaluation/evaluations';
import { demandFrameDay, demandStep, demandVillages, requireCoveringDesign } from '@bangfu/domain/evaluation/plan';
import { requireSeedPlan } from '@bangfu/domain/evaluation/procedure';
import { requireApproval } from '@bangfu/domain/evaluation/thresholds';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { orderJob } from '@bangfu/platform/jobs/job';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';
import { type FreezeJobInput, householdsInScope, villagesInScope } from './freeze-job.ts';

/**
 * Orders the freezing of the frame.
 * @throws DomainError EVALUATION_NOT_DRAFT, THRESHOLDS_NOT_APPROVED, FRAME_DATE_NOT_TODAY, SEED_PLAN_MISSING,
 *   SEED_DAY_INVALID, EVALUATOR_KEY_MISSING, SAMPLE_VILLAGES_INVALID, SAMPLE_STRATUM_LEFT_OUT @throws Refusal 409
 */
export async function freezeFrame(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  version: number,
): Promise<Shown> {
  const jobId = service.newId(actor.now);
  const input = { evaluationId, version };
  const answer = await runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    demandStep(before.state, 'freeze');
    requireApproval(before.thresholdsApproval);
    demandFrameDay(before.frameDate, actor.now);
    requireSeedPlan(before.seedPlan, before, before.signer !== null);
    demandVillages(before.design, await villagesInScope(sql, before, actor.caller.countyCode));
    requireCoveringDesign(before.design, await householdsInScope(sql, before, actor.caller.countyCode));
    const after = await moveOn(tx, sql, before, version, actor.caller, { state: 'freezing', frameJobId: jobId });
    const job: FreezeJobInput = { evaluationId };
    await orderJob(sql, {
      id: jobId,
      kind: 'freeze-frame',
      title: `固定抽样框 ${before.name}`,
      caller: actor.caller,
      input: job,
      now: actor.now,
    });
    const change = { before: { state: before.state }, after: { state: after.state, jobId } };
    return {
      answer: after,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
  service.nudgeJobs();
  return answer;
}
