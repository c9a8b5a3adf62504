import { demand } from '../shared/errors.ts';
import { addDays, businessDay, businessDayOf } from '../shared/time.ts';
import type { HouseholdStatus, Stratum } from './frame.ts';
import type { SampleDesign } from './sampler.ts';

/**
 * The stratum a household is drawn in, by its status in the register. Monitored ones have a stratum of their own, so that
 * the design can take more of them; one that is poor is poor, monitored or not. Which rate covers a household is another
 * matter: `rateGroupOf`.
 */
export function stratumOf(status: HouseholdStatus, monitored: boolean): Stratum {
  if (status === 'registered' || status === 'returned') return 'registered-poor';
  if (monitored) return 'monitored';
  return status === 'exited' ? 'exited' : 'general';
}

/** How far an evaluation has come; each step needs the one before it. */
export type EvaluationState = 'draft' | 'freezing' | 'frozen' | 'seeded' | 'drawn' | 'computed';

export type EvaluationStep = 'revise' | 'freeze' | 'seed' | 'draw' | 'receive' | 'compute';

const STEPS: Record<EvaluationStep, { readonly from: readonly EvaluationState[]; readonly code: string }> = {
  revise: { from: ['draft'], code: 'EVALUATION_NOT_DRAFT' },
  freeze: { from: ['draft'], code: 'EVALUATION_NOT_DRAFT' },
  seed: { from: ['frozen'], code: 'EVALUATION_NOT_FROZEN' },
  draw: { from: ['seeded'], code: 'EVALUATION_NOT_SEEDED' },
  receive: { from: ['drawn', 'computed'], code: 'EVALUATION_NOT_DRAWN' },
  compute: { from: ['drawn', 'computed'], code: 'EVALUATION_NOT_DRAWN' },
};

/**
 * Demands that a step can be taken now: the frame and its hash stand before the seed is known, the seed before the
 * draw, the sample before any return (docs/reference/sampling.md, order of publication).
 * @throws DomainError EVALUATION_NOT_DRAFT, EVALUATION_NOT_FROZEN, EVALUATION_NOT_SEEDED, EVALUATION_NOT_DRAWN
 */
export function demandStep(state: EvaluationState, step: EvaluationStep): void {
  const { from, code } = STEPS[step];
  demand(from.includes(state), code);
}

/**
 * Demands that the frame has the villages the design wants, while the plan can still be changed: a frozen one cannot.
 * @throws DomainError SAMPLE_VILLAGES_INVALID
 */
export function demandVillages(design: { readonly villages: number }, inFrame: number): void {
  demand(design.villages <= inFrame, 'SAMPLE_VILLAGES_INVALID', { count: design.villages, villages: inFrame });
}

/** The strata a rate covers; the registered poor remaining are counted whole from the frame. */
const COVERED = ['exited', 'monitored', 'general'] as const satisfies readonly Stratum[];

/**
 * Requires that the design draws from every stratum that a rate covers and the frame has households of: those that could
 * not be drawn would count in the rate's population and never among its cases.
 * @throws DomainError SAMPLE_STRATUM_LEFT_OUT
 */
export function requireCoveringDesign(design: SampleDesign, inFrame: Readonly<Record<Stratum, number>>): void {
  const left = COVERED.filter((stratum) => inFrame[stratum] > 0 && design.take[stratum] === 0);
  demand(left.length === 0, 'SAMPLE_STRATUM_LEFT_OUT');
}

/** A frame is of its day: a year later it says nothing of the county any more. */
const LONGEST_FIELD_DAYS = 366;

/**
 * Demands a plan whose field period begins on or after the frame's date, ends not before it begins and within a year of
 * the frame. @throws DomainError EVALUATION_PERIOD_INVALID, EVALUATION_PERIOD_TOO_LONG
 */
export function demandPlan(plan: {
  readonly frameDate: string;
  readonly fieldFrom: string;
  readonly fieldTo: string;
}): void {
  demand(plan.frameDate <= plan.fieldFrom && plan.fieldFrom <= plan.fieldTo, 'EVALUATION_PERIOD_INVALID');
  const longest = addDays(businessDay(plan.frameDate), LONGEST_FIELD_DAYS);
  demand(plan.fieldTo <= longest, 'EVALUATION_PERIOD_TOO_LONG', { day: plan.fieldTo, until: longest });
}

/**
 * Demands that the frame is frozen on its own day: on another it would not be what it says.
 * @throws DomainError FRAME_DATE_NOT_TODAY
 */
export function demandFrameDay(frameDate: string, now: Date): void {
  const today = businessDayOf(now);
  demand(frameDate === today, 'FRAME_DATE_NOT_TODAY', { date: frameDate, today });
}
