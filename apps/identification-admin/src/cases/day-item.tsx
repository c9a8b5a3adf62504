import { DateField } from '@bangfu/ui/date-field';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { Form } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

/** The day a thing happened, never later than today: a form's item named `on` unless told otherwise. */
export function DayItem({ label, name = 'on' }: { readonly label: string; readonly name?: string }) {
  const t = useText<TextKey>();
  const today = usePlatformDay();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t('form.required', { label }) }]}>
      <DateField label={label} max={today} />
    </Form.Item>
  );
}
