import type { RateThresholds } from '@bangfu/domain/evaluation/thresholds';
import type { useText } from '@bangfu/ui/lib/i18n';
import type { Fact } from '@bangfu/ui/record';
import type { TextKey } from './texts.zh-CN.ts';
import { percentOfBp } from './words.ts';

/** What the rates are judged by. */
export function thresholdFacts(thresholds: RateThresholds, t: ReturnType<typeof useText<TextKey>>): Fact[] {
  const { compositeBp, wrongExitBp, missedBp, approvalBp, minInterviewedBp, minHouseholds } = thresholds;
  return [
    { label: t('rate.composite'), value: t('limit.below', { value: percentOfBp(compositeBp) }) },
    { label: t('rate.wrongExit'), value: t('limit.below', { value: percentOfBp(wrongExitBp) }) },
    { label: t('rate.missed'), value: t('limit.below', { value: percentOfBp(missedBp) }) },
    { label: t('rate.approval'), value: t('limit.atLeast', { value: percentOfBp(approvalBp) }) },
    { label: t('plan.minInterviewed'), value: percentOfBp(minInterviewedBp) },
    { label: t('plan.minHouseholds'), value: minHouseholds },
  ];
}
