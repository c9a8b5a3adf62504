import { DateField } from '@bangfu/ui/date-field';
import { useText } from '@bangfu/ui/lib/i18n';
import { RecordSection } from '@bangfu/ui/record';
import { Form, Input, Radio, Space } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import type { SeedDraft } from './plan-fields.ts';

/** Where the seed will come from, fixed before the frame is frozen: a public event, or the evaluator's commitment. */
export function SeedFields({ value, onChange }: { value: SeedDraft; onChange: (seedPlan: SeedDraft) => void }) {
  const t = useText<TextKey>();
  const set = (part: Partial<SeedDraft>) => onChange({ ...value, ...part });
  return (
    <RecordSection id="seed-plan" title={t('seedPlan.title')}>
      <Form.Item label={t('seedPlan.kind')} extra={t(`seedPlan.${value.kind}.hint`)}>
        <Radio.Group
          aria-label={t('seedPlan.kind')}
          value={value.kind}
          onChange={(event) => set({ kind: event.target.value as SeedDraft['kind'] })}
          options={(['public-event', 'evaluator'] as const).map((kind) => ({
            value: kind,
            label: t(`seedPlan.${kind}`),
          }))}
        />
      </Form.Item>
      {value.kind === 'public-event' ? (
        <Space wrap size="large">
          <Form.Item label={t('seedPlan.event')} htmlFor="seed-event" required>
            <Input
              id="seed-event"
              maxLength={150}
              value={value.event}
              onChange={(event) => set({ event: event.target.value })}
            />
          </Form.Item>
          <Form.Item label={t('seedPlan.day')} required>
            <DateField label={t('seedPlan.day')} value={value.day} onChange={(day) => set({ day })} />
          </Form.Item>
        </Space>
      ) : (
        <Form.Item label={t('seedPlan.commitment')} htmlFor="seed-commitment" required>
          <Input
            id="seed-commitment"
            maxLength={64}
            value={value.commitment}
            onChange={(event) => set({ commitment: event.target.value.trim().toLowerCase() })}
          />
        </Form.Item>
      )}
    </RecordSection>
  );
}
