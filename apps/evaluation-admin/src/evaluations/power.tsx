import type { EvaluationPlan } from '@bangfu/contracts/evaluation/plan';
import type { RateThresholds } from '@bangfu/domain/evaluation/thresholds';
import { designPower, type RatePower } from '@bangfu/domain/evaluation/power';
import { InnerTable } from '@bangfu/ui/inner-table';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { RecordSection } from '@bangfu/ui/record';
import { useDeferredValue, useMemo } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { percent } from '../words.ts';

type Line = RatePower & { readonly key: string };

/** A chance of draws as whole per cent; what is rare or nearly certain is not rounded away. */
function draws(chance: number): string {
  if (chance > 0 && chance < 0.005) return '<1%';
  if (chance < 1 && chance >= 0.995) return '>99%';
  return `${formatNumber(chance * 100, 0)}%`;
}

/** What the design can show, before anything is drawn: for each rate a county well below and one above its limit. */
export function Power({ design, thresholds }: Pick<EvaluationPlan, 'design'> & { thresholds: RateThresholds }) {
  const t = useText<TextKey>();
  const given = useDeferredValue({ design, thresholds });
  const lines = useMemo(
    () =>
      designPower(given.design, given.thresholds).map((line): Line => ({ ...line, key: `${line.rate} ${line.truth}` })),
    [given.design, given.thresholds],
  );
  return (
    <RecordSection id="power" title={t('power.title')}>
      <p>{t('power.note')}</p>
      <InnerTable<Line>
        rowKey="key"
        dataSource={lines}
        columns={[
          { title: t('power.rate'), render: (_, { rate }) => t(`rate.${rate}`) },
          { title: t('power.truth'), render: (_, { truth }) => percent(truth), align: 'right' },
          { title: t('power.passes'), render: (_, { chances }) => draws(chances.passes), align: 'right' },
          { title: t('power.accepted'), render: (_, { chances }) => draws(chances.accepted), align: 'right' },
          { title: t('power.notAccepted'), render: (_, { chances }) => draws(chances.notAccepted), align: 'right' },
          {
            title: t('power.needed'),
            render: (_, { needed }) => (needed === null ? t('power.none') : t('power.sample', { ...needed })),
          },
        ]}
      />
    </RecordSection>
  );
}
