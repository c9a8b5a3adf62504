import type { Evaluation } from '@bangfu/contracts/evaluation/evaluations';
import type { CaseStep } from '@bangfu/ui/case-steps';
import type { TextKey } from '../texts.zh-CN.ts';

type Words = (key: TextKey, params?: Record<string, string | number>) => string;

const ORDER = ['frame', 'seed', 'sample', 'workbook', 'returns', 'result'] as const;
type StepKey = (typeof ORDER)[number];

/** How many of the six steps lie behind an evaluation. */
function stepsDone({ state, returns }: Evaluation): number {
  if (state === 'draft' || state === 'freezing') return 0;
  if (state === 'frozen') return 1;
  if (state === 'seeded') return 2;
  if (state === 'computed') return 6;
  return returns.outstanding === 0 ? 5 : 4;
}

/** An evaluation's steps with days, persons and numbers. */
export function evaluationSteps(evaluation: Evaluation, t: Words): CaseStep[] {
  const { frame, seed, sample, returns } = evaluation;
  const done = stepsDone(evaluation);
  const facts: Record<StepKey, Omit<CaseStep, 'key' | 'title' | 'state'>> = {
    frame: frame
      ? { day: frame.frozenAt, who: frame.frozenBy, note: t('step.households', { count: frame.households }) }
      : { day: evaluation.frameDate },
    seed: seed ? { day: seed.publishedAt, who: seed.publishedBy, note: seed.source } : {},
    sample: sample
      ? { day: sample.drawnAt, who: sample.drawnBy, note: t('step.households', { count: sample.households }) }
      : {},
    workbook: {},
    returns: sample ? { note: t('step.returned', { count: returns.accepted, outstanding: returns.outstanding }) } : {},
    result: evaluation.computedAt ? { day: evaluation.computedAt } : {},
  };
  return ORDER.map((key, index) => ({
    key,
    title: t(`step.${key}`),
    state: index < done ? 'done' : index === done ? 'current' : 'waiting',
    ...facts[key],
  }));
}

/** What the next step still needs. */
export function nextNeed(evaluation: Evaluation, t: Words): string {
  const { state, frameDate, seedPlan, signer, returns } = evaluation;
  if (state === 'draft' && seedPlan === null) return t('need.seedPlan');
  if (state === 'draft') return t('need.frame', { day: frameDate });
  if (state === 'freezing') return t('need.freezing');
  if (state === 'frozen') return t('need.seed');
  if (state === 'seeded') return t(signer ? 'need.sample' : 'need.key');
  if (returns.outstanding > 0) return t('need.outstanding', { count: returns.outstanding });
  return t(state === 'drawn' ? 'need.returns' : 'need.recompute');
}
