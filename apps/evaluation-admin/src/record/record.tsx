import { type Evaluation, getEvaluation, reviseEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { listRegions } from '@bangfu/contracts/identification/regions';
import { STRATA } from '@bangfu/domain/evaluation/frame';
import { CaseSteps } from '@bangfu/ui/case-steps';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatDay } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { LinkButton } from '@bangfu/ui/link-button';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { thresholdFacts } from '../threshold-facts.ts';
import { Verdict } from '../verdict.tsx';
import { FrameSection, Hash } from './frame-section.tsx';
import { NextStep } from './next-step.tsx';
import { ReturnsSection } from './returns-section.tsx';
import { SampleSection } from './sample-section.tsx';
import { SignerSection } from './signer-section.tsx';
import { evaluationSteps, nextNeed } from './steps.ts';

const FOLLOW_MS = 1_000;

/** One evaluation on one page: its steps, then plan, frame, seed and sample, returns, verdict. */
export function Component() {
  const t = useText<TextKey>();
  const { evaluationId = '' } = useParams();
  const found = useOperation(getEvaluation, { params: { evaluationId } });
  // A frame that is being frozen is followed until it stands.
  useOperation(
    getEvaluation,
    { params: { evaluationId } },
    { refetchInterval: found.data?.state === 'freezing' ? FOLLOW_MS : false },
  );
  const isOffice = useMay(reviseEvaluation);
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const evaluation = found.data;
  return (
    <>
      <RecordHeader
        name={evaluation.name}
        number={formatDay(evaluation.frameDate)}
        place={t(`state.${evaluation.state}`)}
        mark={evaluation.verdict && <Verdict verdict={evaluation.verdict} />}
        sections={[
          { id: 'plan', title: t('record.plan') },
          { id: 'frame', title: t('record.frame') },
          { id: 'signer', title: t('signer.title') },
          { id: 'sample', title: t('sample.title') },
          { id: 'returns', title: t('returns.title'), count: evaluation.returns.accepted },
        ]}
      />
      <CaseSteps
        steps={evaluationSteps(evaluation, t)}
        missing={[{ label: nextNeed(evaluation, t) }]}
        who={[{ name: t('who.office'), role: t('who.county') }]}
        actions={<NextStep evaluation={evaluation} isOffice={isOffice} />}
      />
      <PlanSection evaluation={evaluation} isOffice={isOffice} />
      <FrameSection evaluation={evaluation} />
      <SignerSection evaluation={evaluation} />
      <SampleSection evaluation={evaluation} />
      <ReturnsSection evaluation={evaluation} isOffice={isOffice} />
    </>
  );
}

function SeedPlanText({ evaluation: { seedPlan } }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  if (!seedPlan) return <>{t('seedPlan.none')}</>;
  if (seedPlan.kind === 'public-event') return <>{`${seedPlan.event}，${formatDay(seedPlan.day)}`}</>;
  return (
    <>
      {t('seedPlan.commitment')} <Hash text={seedPlan.commitment} />
    </>
  );
}

function PlanSection({ evaluation, isOffice }: { readonly evaluation: Evaluation; readonly isOffice: boolean }) {
  const t = useText<TextKey>();
  const regions = useOperation(listRegions);
  const nameOf = (code: string) => regions.data?.rows.find((row) => row.code === code)?.name ?? code;
  const { design, thresholds } = evaluation;
  const canEdit = isOffice && evaluation.state === 'draft';
  return (
    <RecordSection
      id="plan"
      title={t('record.plan')}
      actions={
        canEdit && (
          <LinkButton size="small" to={`/evaluations/${evaluation.id}/plan`}>
            {t('record.edit')}
          </LinkButton>
        )
      }
    >
      <Facts
        facts={[
          { label: t('record.regions'), value: regions.isPending ? '…' : evaluation.regions.map(nameOf).join('、') },
          { label: t('plan.frameDate'), value: formatDay(evaluation.frameDate) },
          { label: t('record.field'), value: `${formatDay(evaluation.fieldFrom)} ～ ${formatDay(evaluation.fieldTo)}` },
          {
            label: t('record.design'),
            value: t('record.designText', { villages: design.villages, replacements: design.replacements }),
          },
          {
            label: t('plan.take'),
            value: STRATA.map((stratum) => `${t(`stratum.${stratum}`)} ${design.take[stratum]}`).join('、'),
            wide: true,
          },
          { label: t('seedPlan.title'), value: <SeedPlanText evaluation={evaluation} />, wide: true },
          ...thresholdFacts(thresholds, t),
          { label: t('plan.document'), value: thresholds.document || '—' },
        ]}
      />
    </RecordSection>
  );
}
