import { demand } from '../shared/errors.ts';
import { businessDayOf } from '../shared/time.ts';
import type { Stratum } from './frame.ts';

/**
 * The stratum of a household by its status in the register (domain §10). A monitored one is counted neither among those
 * who have left poverty nor among those who never were poor; one that is poor is poor, monitored or not.
 */
export function stratumOf(status: 'none' | 'registered' | 'exited' | 'returned', monitored: boolean): Stratum {
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

/** Demands a plan whose field period begins on or after the frame's date and does not end before it begins. */
export function demandPlan(plan: {
  readonly frameDate: string;
  readonly fieldFrom: string;
  readonly fieldTo: string;
}): void {
  demand(plan.frameDate <= plan.fieldFrom && plan.fieldFrom <= plan.fieldTo, 'EVALUATION_PERIOD_INVALID');
}

/**
 * Demands that the frame is frozen on its own day: on another it would not be what it says.
 * @throws DomainError FRAME_DATE_NOT_TODAY
 */
export function demandFrameDay(frameDate: string, now: Date): void {
  const today = businessDayOf(now);
  demand(frameDate === today, 'FRAME_DATE_NOT_TODAY', { date: frameDate, today });
}
