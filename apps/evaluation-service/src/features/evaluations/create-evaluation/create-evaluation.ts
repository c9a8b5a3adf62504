import { createEvaluation as operation, type Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import type { EvaluationPlan } from '@bangfu/contracts/evaluation/plan';
import { demandPlan } from '@bangfu/domain/evaluation/plan';
import { documentedThresholds } from '@bangfu/domain/evaluation/thresholds';
import { requireSeedDay } from '@bangfu/domain/evaluation/procedure';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../evaluation.repository.ts';

/**
 * The plan as its row's columns, regions without repeats, thresholds with their document.
 * @throws DomainError EVALUATION_PERIOD_INVALID, THRESHOLDS_DOCUMENT_MISSING @throws Refusal 404 for a region outside
 * the scope
 */
export function planColumns(plan: EvaluationPlan, actor: Actor) {
  demandPlan(plan);
  const { seedPlan } = plan;
  requireSeedDay(seedPlan, plan);
  const event = seedPlan?.kind === 'public-event' ? seedPlan : null;
  const prefixes = regionPrefixes(actor.caller);
  const isInside = (code: string) => prefixes.some((prefix) => scopePrefix(code as RegionCode).startsWith(prefix));
  if (!plan.regions.every(isInside)) throw notFound();
  return {
    name: plan.name,
    frameDate: new Date(plan.frameDate),
    regions: [...new Set(plan.regions)].sort(),
    thresholds: { ...documentedThresholds(plan.thresholds, actor.caller.countyCode as RegionCode) },
    design: plan.design,
    fieldFrom: new Date(plan.fieldFrom),
    fieldTo: new Date(plan.fieldTo),
    seedKind: seedPlan?.kind ?? null,
    seedEvent: event?.event ?? null,
    seedEventDay: event ? new Date(event.day) : null,
    seedCommitment: seedPlan?.kind === 'evaluator' ? seedPlan.commitment : null,
  };
}

/** Plans an evaluation of regions within the caller's scope. */
export function createEvaluation(service: Evaluation, actor: Actor, plan: EvaluationPlan): Promise<Shown> {
  const id = service.newId(actor.now);
  return runCommand(service.transaction, service.newId, operation, actor, plan, async (tx, sql) => {
    const { id: accountId, name: accountName, countyCode } = actor.caller;
    await tx.evaluation.create({
      data: {
        id,
        countyCode,
        ...planColumns(plan, actor),
        thresholdsBy: accountId,
        state: 'draft',
        accountId,
        accountName,
        createdAt: actor.now,
      },
    });
    return {
      answer: await getVisible(sql, id, actor.caller),
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: id, change: { after: plan } }],
    };
  });
}
