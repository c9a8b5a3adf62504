import { CheckCircleOutlined, CloseCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import type { CountyRates } from '@bangfu/contracts/evaluation/rates';
import { useText } from '@bangfu/ui/lib/i18n';
import { Space } from 'antd';
import type { TextKey } from './texts.zh-CN.ts';

type Judged = CountyRates['approval'];

const ICONS = {
  accepted: <CheckCircleOutlined aria-hidden="true" />,
  'not-accepted': <CloseCircleOutlined aria-hidden="true" />,
  'not-shown': <QuestionCircleOutlined aria-hidden="true" />,
} as const;

/** What the sample shows of one figure, and why it shows nothing: icon and word, never colour alone. */
export function FigureVerdict({ verdict, reason }: Pick<Judged, 'verdict' | 'reason'>) {
  const t = useText<TextKey>();
  const why = reason ? `（${t(`reason.${reason}`)}）` : '';
  return (
    <Space size={4}>
      {ICONS[verdict]}
      <span>{`${t(`figure.${verdict}`)}${why}`}</span>
    </Space>
  );
}

/** An evaluation's verdict as icon and word; a dash before there is one. */
export function Verdict({ verdict }: { readonly verdict: Judged['verdict'] | null }) {
  const t = useText<TextKey>();
  if (verdict === null) return <span>—</span>;
  return (
    <Space size={4}>
      {ICONS[verdict]}
      <strong>{t(`result.${verdict}`)}</strong>
    </Space>
  );
}
