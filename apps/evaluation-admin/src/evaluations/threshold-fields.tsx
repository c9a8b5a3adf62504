import {
  deviationsOf,
  type RateThresholds,
  SHIPPED_THRESHOLDS,
  THRESHOLD_SETS,
  thresholdSetOf,
} from '@bangfu/domain/evaluation/thresholds';
import type { RegionCode } from '@bangfu/domain/shared/region';
import { useSession } from '@bangfu/ui/app-frame';
import { useText } from '@bangfu/ui/lib/i18n';
import { RecordSection } from '@bangfu/ui/record';
import { Alert, Form, Input, Select, Space } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { NumberField } from './number-field.tsx';

const PERCENTS = [
  ['rate.composite', 'compositeBp'],
  ['rate.wrongExit', 'wrongExitBp'],
  ['rate.missed', 'missedBp'],
  ['rate.approval', 'approvalBp'],
  ['plan.minInterviewed', 'minInterviewedBp'],
] as const;

/** Whether thresholds lack the document that would justify them. */
export function lacksDocument(thresholds: RateThresholds, county: string): boolean {
  const isShipped = deviationsOf(thresholds, county as RegionCode).length === 0;
  const document = thresholds.document.trim();
  return !isShipped && (document === '' || document === SHIPPED_THRESHOLDS[thresholds.set].document);
}

interface ThresholdFieldsProps {
  readonly value: RateThresholds;
  readonly onChange: (value: RateThresholds) => void;
}

/** The thresholds of a plan: a named set, or other figures with the document they come from. */
export function ThresholdFields({ value, onChange }: ThresholdFieldsProps) {
  const t = useText<TextKey>();
  const county = useSession().county.code as RegionCode;
  const isOwn = deviationsOf(value, county).length > 0;
  return (
    <RecordSection id="thresholds" title={t('plan.thresholds')}>
      <Form.Item label={t('plan.set')} htmlFor="plan-set" extra={t(`set.${thresholdSetOf(county)}.here`)}>
        <Select
          id="plan-set"
          value={value.set}
          options={THRESHOLD_SETS.map((set) => ({ value: set, label: t(`set.${set}`) }))}
          onChange={(set) => onChange({ ...SHIPPED_THRESHOLDS[set] })}
        />
      </Form.Item>
      <Space wrap size="large">
        {PERCENTS.map(([label, key]) => (
          <NumberField
            key={key}
            label={t(label)}
            value={value[key] / 100}
            max={100}
            step={0.5}
            onChange={(percent) => onChange({ ...value, [key]: Math.round(percent * 100) })}
          />
        ))}
        <NumberField
          label={t('plan.minHouseholds')}
          value={value.minHouseholds}
          min={1}
          max={10_000}
          onChange={(minHouseholds) => onChange({ ...value, minHouseholds })}
        />
      </Space>
      {isOwn && <Alert type="warning" showIcon title={t('plan.deviates')} />}
      <Form.Item label={t('plan.document')} htmlFor="plan-document" required={isOwn}>
        <Input
          id="plan-document"
          maxLength={200}
          value={value.document}
          onChange={(event) => onChange({ ...value, document: event.target.value })}
        />
      </Form.Item>
    </RecordSection>
  );
}
