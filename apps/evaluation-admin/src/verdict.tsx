import { CheckCircleOutlined, CloseCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { useText } from '@bangfu/ui/lib/i18n';
import { Space } from 'antd';
import type { TextKey } from './texts.zh-CN.ts';

const ICONS = {
  yes: <CheckCircleOutlined aria-hidden="true" />,
  no: <CloseCircleOutlined aria-hidden="true" />,
  open: <QuestionCircleOutlined aria-hidden="true" />,
} as const;

/** Whether a threshold is met: icon and word, never colour alone. */
export function Judgement({ met }: { readonly met: boolean | null }) {
  const t = useText<TextKey>();
  const kind = met === null ? 'open' : met ? 'yes' : 'no';
  return (
    <Space size={4}>
      {ICONS[kind]}
      <span>{t(met === null ? 'result.unknown' : met ? 'result.met' : 'result.notMet')}</span>
    </Space>
  );
}

/** An evaluation's verdict as icon and word; a dash before there is one. */
export function Verdict({ verdict }: { readonly verdict: 'accepted' | 'not-accepted' | 'incomplete' | null }) {
  const t = useText<TextKey>();
  if (verdict === null) return <span>—</span>;
  const kind = verdict === 'accepted' ? 'yes' : verdict === 'incomplete' ? 'open' : 'no';
  return (
    <Space size={4}>
      {ICONS[kind]}
      <strong>{t(`result.${verdict}`)}</strong>
    </Space>
  );
}
