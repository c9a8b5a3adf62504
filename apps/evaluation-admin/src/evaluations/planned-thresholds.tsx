import type { EvaluationPlan } from '@bangfu/contracts/evaluation/plan';
import { EVALUATION_POLICIES, THRESHOLDS } from '@bangfu/contracts/evaluation/policies';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { problemOf } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePolicy } from '@bangfu/ui/lib/policy';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import type { TextKey } from '../texts.zh-CN.ts';
import { thresholdFacts } from '../threshold-facts.ts';
import { Power } from './power.tsx';

interface PlannedThresholdsProps {
  readonly design: EvaluationPlan['design'];
  /** The day of the frame, by whose policy the evaluation is judged. */
  readonly on: BusinessDay | null;
}

/** The thresholds of the policy in force on the day of the frame, and what the design can show against them. */
export function PlannedThresholds({ design, on }: PlannedThresholdsProps) {
  const t = useText<TextKey>();
  const { value: thresholds, found } = usePolicy(EVALUATION_POLICIES, THRESHOLDS, on);
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data || !thresholds) return <Loading />;
  return (
    <>
      <RecordSection id="thresholds" title={t('plan.thresholds')}>
        <p>{t('plan.byPolicy')}</p>
        <Facts
          facts={[
            ...thresholdFacts(thresholds, t),
            { label: t('plan.document'), value: found.data.document, wide: true },
          ]}
        />
      </RecordSection>
      <Power design={design} thresholds={thresholds} />
    </>
  );
}
