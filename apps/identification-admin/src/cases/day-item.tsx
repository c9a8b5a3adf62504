import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { useText } from '@bangfu/ui/lib/i18n';
import { Form } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

interface DayFieldProps {
  readonly label: string;
  readonly value?: BusinessDay;
  readonly onChange?: (day: BusinessDay | null) => void;
}

/** A day within a form: never later than today. */
function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <DateField
      label={label}
      value={value ?? null}
      onChange={(day) => onChange?.(day)}
      max={businessDayOf(new Date())}
    />
  );
}

/** The day a thing happened, as a form's item named `on` unless told otherwise. */
export function DayItem({ label, name = 'on' }: { readonly label: string; readonly name?: string }) {
  const t = useText<TextKey>();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t('form.required', { label }) }]}>
      <DayField label={label} />
    </Form.Item>
  );
}
