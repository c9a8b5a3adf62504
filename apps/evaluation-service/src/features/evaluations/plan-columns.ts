import type { EvaluationPlan } from '@bangfu/contracts/evaluation/plan';
import { demandPlan } from '@bangfu/domain/evaluation/plan';
import { requireSeedDay } from '@bangfu/domain/evaluation/procedure';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';

/**
 * The plan as its row's columns, regions without repeats.
 * @throws DomainError EVALUATION_PERIOD_INVALID @throws Refusal 404 for a region outside the scope
 */
export function planColumns(plan: EvaluationPlan, caller: Caller) {
  demandPlan(plan);
  const { seedPlan } = plan;
  requireSeedDay(seedPlan, plan);
  const event = seedPlan?.kind === 'public-event' ? seedPlan : null;
  const prefixes = regionPrefixes(caller);
  const isInside = (code: string) => prefixes.some((prefix) => scopePrefix(code as RegionCode).startsWith(prefix));
  if (!plan.regions.every(isInside)) throw notFound();
  return {
    name: plan.name,
    frame_date: plan.frameDate,
    regions: [...new Set(plan.regions)].sort(),
    design: JSON.stringify(plan.design),
    field_from: plan.fieldFrom,
    field_to: plan.fieldTo,
    seed_kind: seedPlan?.kind ?? null,
    seed_event: event?.event ?? null,
    seed_event_day: event?.day ?? null,
    seed_commitment: seedPlan?.kind === 'evaluator' ? seedPlan.commitment : null,
  };
}
