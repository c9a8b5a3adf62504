import { type Evaluation, freezeFrame } from '@bangfu/contracts/evaluation/evaluations';
import { computeRates } from '@bangfu/contracts/evaluation/rates';
import { drawEvaluationSample } from '@bangfu/contracts/evaluation/samples';
import { useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { useRefused } from '@bangfu/ui/lib/refused';
import { LinkButton } from '@bangfu/ui/link-button';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Button, Popconfirm } from 'antd';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { SeedStep } from './seed-step.tsx';

interface StepProps {
  readonly evaluation: Evaluation;
  readonly isOffice: boolean;
}

/** The one button that does an evaluation's next step; only the evaluation office has it. */
export function NextStep({ evaluation, isOffice }: StepProps) {
  const { state } = evaluation;
  const result = evaluation.verdict !== null && <OpenResult evaluation={evaluation} />;
  if (!isOffice) return result;
  if (state === 'draft') return <Freeze evaluation={evaluation} />;
  if (state === 'frozen') return <SeedStep evaluation={evaluation} />;
  if (state === 'seeded') return <Draw evaluation={evaluation} />;
  if (state === 'freezing') return null;
  return (
    <>
      <Compute evaluation={evaluation} />
      {result}
    </>
  );
}

const target = ({ id, version }: Evaluation) => ({ params: { evaluationId: id }, body: { version } });

function Freeze({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const freeze = useCommand(freezeFrame);
  const refused = useRefused();
  const today = usePlatformDay();
  const isToday = evaluation.frameDate === today;
  const { seedPlan, signer } = evaluation;
  const reason = !isToday
    ? t('frame.today')
    : seedPlan === null
      ? t('need.seedPlan')
      : seedPlan.kind === 'evaluator' && !signer
        ? t('need.key')
        : null;
  if (reason !== null) {
    return (
      <ReasonedButton type="primary" reason={reason}>
        {t('frame.freeze')}
      </ReasonedButton>
    );
  }
  return (
    <Popconfirm
      title={t('frame.freeze')}
      description={t('frame.freezeAsk')}
      okText={t('frame.freeze')}
      onConfirm={() => freeze.mutate(target(evaluation), refused)}
    >
      <Button type="primary" loading={freeze.isPending}>
        {t('frame.freeze')}
      </Button>
    </Popconfirm>
  );
}

function Draw({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const draw = useCommand(drawEvaluationSample);
  const refused = useRefused();
  return (
    <ReasonedButton
      type="primary"
      loading={draw.isPending}
      reason={evaluation.signer ? null : t('need.key')}
      onClick={() => draw.mutate(target(evaluation), refused)}
    >
      {t('sample.draw')}
    </ReasonedButton>
  );
}

function Compute({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const compute = useCommand(computeRates, { onDone: () => navigate(`/evaluations/${evaluation.id}/result`) });
  const refused = useRefused();
  return (
    <ReasonedButton
      type="primary"
      loading={compute.isPending}
      reason={evaluation.returns.accepted === 0 ? t('returns.none') : null}
      onClick={() => compute.mutate(target(evaluation), refused)}
    >
      {t('result.compute')}
    </ReasonedButton>
  );
}

function OpenResult({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  return <LinkButton to={`/evaluations/${evaluation.id}/result`}>{t('result.open')}</LinkButton>;
}
