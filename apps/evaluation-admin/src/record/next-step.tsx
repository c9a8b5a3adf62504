import { approveThresholds, type Evaluation, freezeFrame } from '@bangfu/contracts/evaluation/evaluations';
import { computeRates } from '@bangfu/contracts/evaluation/rates';
import { drawEvaluationSample, publishSeed } from '@bangfu/contracts/evaluation/samples';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { useSession } from '@bangfu/ui/app-frame';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Alert, Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

interface StepProps {
  readonly evaluation: Evaluation;
  readonly isOffice: boolean;
}

/** The one button that does an evaluation's next step; but for the approval only the evaluation office has it. */
export function NextStep({ evaluation, isOffice }: StepProps) {
  const { state } = evaluation;
  const result = evaluation.verdict !== null && <OpenResult evaluation={evaluation} />;
  if (state === 'draft' && !evaluation.thresholdsApproval) return <Approve evaluation={evaluation} />;
  if (!isOffice) return result;
  if (state === 'draft') return <Freeze evaluation={evaluation} />;
  if (state === 'frozen') return <Seed evaluation={evaluation} />;
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

/** Thresholds wait for another account than their drafter's: a county leader's, or a colleague's of the office. */
function Approve({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const { account } = useSession();
  const mayNot = useMayNot()(approveThresholds);
  const approve = useCommand(approveThresholds);
  const refused = useRefused();
  const isDrafter = evaluation.thresholdsBy === account.id;
  return (
    <ReasonedButton
      type="primary"
      loading={approve.isPending}
      reason={mayNot ?? (isDrafter ? t('approve.another') : null)}
      onClick={() => approve.mutate(target(evaluation), refused)}
    >
      {t('approve.thresholds')}
    </ReasonedButton>
  );
}

function Freeze({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const freeze = useCommand(freezeFrame);
  const refused = useRefused();
  if (evaluation.frameDate !== businessDayOf(new Date())) {
    return (
      <ReasonedButton type="primary" reason={t('frame.today')}>
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

function Seed({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const [seed, setSeed] = useState('');
  const [source, setSource] = useState('');
  const publish = useCommand(publishSeed);
  const { params, body } = target(evaluation);
  return (
    <Form layout="vertical" onFinish={() => publish.mutate({ params, body: { ...body, seed, source } })}>
      {publish.isError && <Alert type="error" showIcon role="alert" title={problemOf(publish.error).title} />}
      <Form.Item label={t('seed.value')} htmlFor="seed-value" extra={t('seed.hint')} required>
        <Input id="seed-value" maxLength={200} value={seed} onChange={(event) => setSeed(event.target.value)} />
      </Form.Item>
      <Form.Item label={t('seed.source')} htmlFor="seed-source" required>
        <Input id="seed-source" maxLength={200} value={source} onChange={(event) => setSource(event.target.value)} />
      </Form.Item>
      <ReasonedButton
        type="primary"
        htmlType="submit"
        loading={publish.isPending}
        reason={seed.length < 20 || source.trim().length < 2 ? t('seed.hint') : null}
      >
        {t('seed.publish')}
      </ReasonedButton>
    </Form>
  );
}

function Draw({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const draw = useCommand(drawEvaluationSample);
  const refused = useRefused();
  return (
    <Button type="primary" loading={draw.isPending} onClick={() => draw.mutate(target(evaluation), refused)}>
      {t('sample.draw')}
    </Button>
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
  const navigate = useNavigate();
  return <Button onClick={() => navigate(`/evaluations/${evaluation.id}/result`)}>{t('result.open')}</Button>;
}
