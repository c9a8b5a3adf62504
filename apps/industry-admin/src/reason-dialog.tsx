import { useText } from '@bangfu/ui/lib/i18n';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Form, Input, Modal } from 'antd';
import type { TextKey } from './texts.zh-CN.ts';

interface Props {
  readonly title: string;
  readonly hint: string;
  /** What the button does. */
  readonly act: string;
  readonly isPending: boolean;
  readonly onSend: (body: { reason: string }) => void;
  readonly onEnd: () => void;
}

/** Asks why something is undone before it is. */
export function ReasonDialog({ title, hint, act, isPending, onSend, onEnd }: Props) {
  const t = useText<TextKey>();
  return (
    <Modal open title={title} footer={null} onCancel={onEnd}>
      <p>{hint}</p>
      <Form<{ reason: string }> layout="vertical" onFinish={onSend}>
        <Form.Item name="reason" label={t('line.reason')} rules={[{ required: true, min: 2 }]}>
          <Input maxLength={500} />
        </Form.Item>
        <ReasonedButton danger htmlType="submit" loading={isPending}>
          {act}
        </ReasonedButton>
      </Form>
    </Modal>
  );
}
