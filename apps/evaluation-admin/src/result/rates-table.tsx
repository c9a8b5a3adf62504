import type { CountyRates, RateResult } from '@bangfu/contracts/evaluation/rates';
import { InnerTable } from '@bangfu/ui/inner-table';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import type { TextKey } from '../texts.zh-CN.ts';
import { FigureVerdict } from '../verdict.tsx';
import { intervalText, percent, percentOfBp } from '../words.ts';

const ORDER = ['composite', 'wrongExit', 'missed', 'approval'] as const;

interface Line extends Pick<CountyRates['composite'], 'value' | 'weighted' | 'met' | 'verdict' | 'reason'> {
  readonly key: (typeof ORDER)[number];
  readonly counted: string;
  readonly found: string;
  readonly households: string;
  readonly limit: string;
}

/** The four figures of the county: official ratio, estimate and interval, threshold, and what the sample shows. */
export function RatesTable({ rates, thresholds }: { rates: CountyRates; thresholds: RateResult['thresholds'] }) {
  const t = useText<TextKey>();
  const limit = (key: Line['key']) =>
    t(key === 'approval' ? 'limit.atLeast' : 'limit.below', { value: percentOfBp(thresholds[`${key}Bp`]) });
  const of = ({ hits, cases }: { hits: number; cases: number }) => `${formatNumber(hits)} / ${formatNumber(cases)}`;
  const lines = ORDER.map((key): Line => {
    const { value, weighted, met, verdict, reason } = rates[key];
    const common = { key, limit: limit(key), value, weighted, met, verdict, reason };
    if (key === 'composite') return { ...common, counted: '—', found: '—', households: '—' };
    const rate = rates[key];
    return {
      ...common,
      counted: of(rate),
      found: key === 'approval' ? '—' : of(rate.found),
      households: formatNumber(rate.households),
    };
  });
  const metWord = (met: boolean | null) => t(met === null ? 'result.unknown' : met ? 'result.met' : 'result.notMet');
  return (
    <InnerTable<Line>
      rowKey="key"
      dataSource={lines}
      columns={[
        { title: t('result.title'), render: (_, line) => t(`rate.${line.key}`), width: 112 },
        { title: t('result.counted'), dataIndex: 'counted', align: 'right' },
        { title: t('result.found'), dataIndex: 'found', align: 'right' },
        { title: t('result.interviewed'), dataIndex: 'households', align: 'right' },
        { title: t('result.plain'), render: (_, line) => percent(line.value), align: 'right' },
        { title: t('result.limit'), dataIndex: 'limit' },
        { title: t('result.judgement'), render: (_, line) => metWord(line.met), width: 64 },
        { title: t('result.weighted'), render: (_, line) => percent(line.weighted?.value), align: 'right' },
        { title: t('result.interval'), render: (_, line) => intervalText(line.weighted?.interval), align: 'right' },
        {
          title: t('result.shown'),
          render: (_, line) => <FigureVerdict verdict={line.verdict} reason={line.reason} />,
        },
      ]}
    />
  );
}
