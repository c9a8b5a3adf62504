import type { Evaluation } from '@bangfu/contracts/evaluation/evaluations';
import type { EvaluationPlan } from '@bangfu/contracts/evaluation/plan';
import { addDays, type BusinessDay } from '@bangfu/domain/shared/time';

/** Where the seed will come from, as it is being written; both kinds are kept while one is chosen. */
export interface SeedDraft {
  readonly kind: 'public-event' | 'evaluator';
  readonly event: string;
  readonly day: BusinessDay | null;
  readonly commitment: string;
}

const SHA256 = /^[0-9a-f]{64}$/;

function seedDraftOf({ seedPlan, fieldFrom }: Pick<Evaluation, 'seedPlan' | 'fieldFrom'>): SeedDraft {
  const none: SeedDraft = { kind: 'public-event', event: '', day: fieldFrom as BusinessDay, commitment: '' };
  return seedPlan ? { ...none, ...(seedPlan as Partial<SeedDraft>) } : none;
}

function seedPlanOf({ kind, event, day, commitment }: SeedDraft): EvaluationPlan['seedPlan'] {
  if (kind === 'evaluator') return SHA256.test(commitment) ? { kind, commitment } : null;
  return day && event.trim().length >= 2 ? { kind, event: event.trim(), day } : null;
}

/** A plan as it is being written; days may still be missing. */
export type PlanDraft = Omit<EvaluationPlan, 'frameDate' | 'fieldFrom' | 'fieldTo' | 'seedPlan'> & {
  readonly seedPlan: SeedDraft;
  readonly frameDate: BusinessDay | null;
  readonly fieldFrom: BusinessDay | null;
  readonly fieldTo: BusinessDay | null;
};

const FIELD_DAYS = 20;

/** What a new plan begins with: today's register of the whole county. */
export function newPlan(countyCode: string, today: BusinessDay): PlanDraft {
  return {
    name: '',
    frameDate: today,
    regions: [countyCode],
    design: { villages: 30, take: { 'registered-poor': 2, exited: 15, monitored: 3, general: 15 }, replacements: 3 },
    fieldFrom: addDays(today, 1),
    fieldTo: addDays(today, 1 + FIELD_DAYS),
    seedPlan: seedDraftOf({ seedPlan: null, fieldFrom: addDays(today, 1) }),
  };
}

/** The plan of an evaluation that is still open to changes. */
export function planOf(evaluation: Evaluation): PlanDraft {
  const { name, regions, design } = evaluation;
  return {
    name,
    regions,
    design,
    frameDate: evaluation.frameDate as BusinessDay,
    fieldFrom: evaluation.fieldFrom as BusinessDay,
    fieldTo: evaluation.fieldTo as BusinessDay,
    seedPlan: seedDraftOf(evaluation),
  };
}

/** The plan when nothing is missing. */
export function completePlan({ frameDate, fieldFrom, fieldTo, ...rest }: PlanDraft): EvaluationPlan | null {
  const seedPlan = seedPlanOf(rest.seedPlan);
  if (!seedPlan || !frameDate || !fieldFrom || !fieldTo || rest.name.trim().length < 2 || rest.regions.length === 0)
    return null;
  return { ...rest, frameDate, fieldFrom, fieldTo, seedPlan };
}
