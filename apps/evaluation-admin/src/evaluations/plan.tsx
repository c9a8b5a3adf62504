import {
  createEvaluation,
  type Evaluation,
  getEvaluation,
  reviseEvaluation,
} from '@bangfu/contracts/evaluation/evaluations';
import { listRegions } from '@bangfu/contracts/identification/regions';
import { STRATA } from '@bangfu/domain/evaluation/frame';
import { useSession } from '@bangfu/ui/app-frame';
import { DateField } from '@bangfu/ui/date-field';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { Alert, Form, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { NumberField } from './number-field.tsx';
import { SeedFields } from './seed-fields.tsx';
import { completePlan, newPlan, type PlanDraft, planOf } from './plan-fields.ts';
import { PlannedThresholds } from './planned-thresholds.tsx';

/** The plan of a new evaluation, or of one whose frame is not frozen yet. */
export function Component() {
  const t = useText<TextKey>();
  const { evaluationId } = useParams();
  const session = useSession();
  const today = usePlatformDay();
  return (
    <Page title={t('plan.title')} subtitle={t('plan.subtitle')}>
      {evaluationId ? (
        <Existing evaluationId={evaluationId} />
      ) : (
        <PlanForm begin={newPlan(session.county.code, today)} />
      )}
    </Page>
  );
}

function Existing({ evaluationId }: { readonly evaluationId: string }) {
  const found = useOperation(getEvaluation, { params: { evaluationId } });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <PlanForm begin={planOf(found.data)} evaluation={found.data} />;
}

interface PlanFormProps {
  readonly begin: PlanDraft;
  readonly evaluation?: Evaluation;
}

function PlanForm({ begin, evaluation }: PlanFormProps) {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const [plan, setPlan] = useState(begin);
  const change = (part: Partial<PlanDraft>) => setPlan({ ...plan, ...part });
  const onDone = ({ id }: Evaluation) => navigate(`/evaluations/${id}`);
  const create = useCommand(createEvaluation, { onDone });
  const revise = useCommand(reviseEvaluation, { onDone });
  const failed = create.error ?? revise.error;
  const complete = completePlan(plan);
  const save = () => {
    if (!complete) return;
    if (!evaluation) return create.mutate({ body: complete });
    const { id, version } = evaluation;
    return revise.mutate({ params: { evaluationId: id }, body: { ...complete, version } });
  };
  return (
    <Form layout="vertical" onFinish={save}>
      {failed && <Failure error={failed} />}
      <RecordSection id="plan" title={t('record.plan')}>
        <Form.Item label={t('plan.name')} htmlFor="plan-name" required>
          <Input id="plan-name" maxLength={100} value={plan.name} onChange={(e) => change({ name: e.target.value })} />
        </Form.Item>
        <Regions value={plan.regions} onChange={(regions) => change({ regions })} />
        <Space wrap size="large">
          {(['frameDate', 'fieldFrom', 'fieldTo'] as const).map((key) => (
            <Form.Item key={key} label={t(`plan.${key}`)} required>
              <DateField label={t(`plan.${key}`)} value={plan[key]} onChange={(day) => change({ [key]: day })} />
            </Form.Item>
          ))}
        </Space>
      </RecordSection>
      <Design plan={plan} change={change} />
      <SeedFields value={plan.seedPlan} onChange={(seedPlan) => change({ seedPlan })} />
      <PlannedThresholds design={plan.design} on={plan.frameDate} />
      <ReasonedButton
        type="primary"
        htmlType="submit"
        loading={create.isPending || revise.isPending}
        reason={
          complete ? null : `${t('plan.name')}、${t('plan.regions')}、${t('plan.frameDate')}、${t('seedPlan.title')}`
        }
      >
        {t('plan.save')}
      </ReasonedButton>
    </Form>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const t = useText<TextKey>();
  const { title } = problemOf(error);
  return <Alert type="error" showIcon role="alert" title={t('plan.failed')} description={title} />;
}

function Regions({ value, onChange }: { value: readonly string[]; onChange: (codes: string[]) => void }) {
  const t = useText<TextKey>();
  const regions = useOperation(listRegions);
  const options = (regions.data?.rows ?? [])
    .filter(({ level }) => level === 'county' || level === 'township')
    .map(({ code, name }) => ({ value: code, label: name }));
  return (
    <Form.Item label={t('plan.regions')} htmlFor="plan-regions" required>
      <Select
        id="plan-regions"
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        loading={regions.isPending}
        options={options}
        // Without their names the codes would be shown.
        value={regions.data ? [...value] : []}
        onChange={onChange}
      />
    </Form.Item>
  );
}

function Design({ plan, change }: { plan: PlanDraft; change: (part: Partial<PlanDraft>) => void }) {
  const t = useText<TextKey>();
  const { design } = plan;
  const set = (part: Partial<PlanDraft['design']>) => change({ design: { ...design, ...part } });
  return (
    <RecordSection id="design" title={t('record.design')}>
      <Space wrap size="large">
        <NumberField
          label={t('plan.villages')}
          value={design.villages}
          min={1}
          max={5000}
          onChange={(villages) => set({ villages })}
        />
        {STRATA.map((stratum) => (
          <NumberField
            key={stratum}
            label={`${t(`stratum.${stratum}`)}（${t('plan.take')}）`}
            value={design.take[stratum]}
            max={1000}
            onChange={(count) => set({ take: { ...design.take, [stratum]: count } })}
          />
        ))}
        <NumberField
          label={t('plan.replacements')}
          value={design.replacements}
          max={100}
          onChange={(replacements) => set({ replacements })}
        />
      </Space>
    </RecordSection>
  );
}
