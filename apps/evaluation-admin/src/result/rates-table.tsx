import type { RateResult, RateSet } from '@bangfu/contracts/evaluation/rates';
import { InnerTable } from '@bangfu/ui/inner-table';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import type { TextKey } from '../texts.zh-CN.ts';
import { Judgement } from '../verdict.tsx';
import { intervalText, percent, percentOfBp } from '../words.ts';

interface Line {
  readonly key: 'composite' | 'wrongExit' | 'missed' | 'approval';
  readonly value: number | null;
  readonly counted: string;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly weighted: RateSet['wrongExit']['weighted'];
  readonly limit: string;
  readonly met: boolean | null;
}

const ORDER = ['composite', 'wrongExit', 'missed', 'approval'] as const;

/** The four figures with both estimates, their intervals, threshold and judgement. */
export function RatesTable({ rates, thresholds }: { rates: RateSet; thresholds: RateResult['thresholds'] }) {
  const t = useText<TextKey>();
  const limit = (key: Line['key']) =>
    t(key === 'approval' ? 'limit.atLeast' : 'limit.below', { value: percentOfBp(thresholds[`${key}Bp`]) });
  const lines = ORDER.map((key): Line => {
    const common = { key, limit: limit(key) };
    if (key === 'composite') {
      const { value, weighted, met } = rates.composite;
      return { ...common, value, weighted, met, counted: '—', interval: null };
    }
    const { value, weighted, met, interval, hits, cases } = rates[key];
    return { ...common, value, weighted, met, interval, counted: `${formatNumber(hits)} / ${formatNumber(cases)}` };
  });
  return (
    <InnerTable<Line>
      rowKey="key"
      dataSource={lines}
      columns={[
        { title: t('result.title'), render: (_, line) => t(`rate.${line.key}`) },
        { title: t('result.counted'), dataIndex: 'counted', align: 'right' },
        { title: t('result.plain'), render: (_, line) => percent(line.value), align: 'right' },
        { title: t('result.interval'), render: (_, line) => intervalText(line.interval), align: 'right' },
        { title: t('result.weighted'), render: (_, line) => percent(line.weighted?.value), align: 'right' },
        {
          title: `${t('result.weighted')} ${t('result.interval')}`,
          render: (_, line) => intervalText(line.weighted?.interval),
          align: 'right',
        },
        { title: t('result.limit'), dataIndex: 'limit' },
        { title: t('result.judgement'), render: (_, line) => <Judgement met={line.met} /> },
      ]}
    />
  );
}
