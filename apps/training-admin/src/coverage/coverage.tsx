import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { getCoverage } from '@bangfu/contracts/training/coverage';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber, formatShare } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Empty, Loading } from '@bangfu/ui/states';
import { Progress } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

type Village = AnswerOf<typeof getCoverage>['villages'][number];

const shareOf = (bp: number | null) => (bp === null ? '—' : formatShare(bp / 10_000));

/** One skill per household: the finding first, then village by village. */
export function Component() {
  const t = useText<TextKey>();
  const found = useOperation(getCoverage);
  const { data } = found;
  return (
    <Page title={t('place.coverage')} subtitle={t('coverage.subtitle')} {...(data ? { asOf: data.asOf } : {})}>
      {found.isError && <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {data && data.total.coverageBp === null && <Empty title={t('coverage.none')} />}
      {data && data.total.coverageBp !== null && (
        <div className="bf-surface" style={{ padding: 16 }}>
          <h2>
            {t('coverage.title', {
              households: formatNumber(data.total.households),
              skilled: formatNumber(data.total.skilled),
              share: shareOf(data.total.coverageBp),
            })}
          </h2>
          <InnerTable<Village>
            rowKey="villageCode"
            dataSource={data.villages}
            columns={[
              { title: t('coverage.township'), render: (_, r) => r.townshipName },
              { title: t('coverage.village'), render: (_, r) => r.villageName },
              {
                title: t('coverage.households'),
                align: 'right',
                sorter: (a, b) => a.households - b.households,
                render: (_, r) => formatNumber(r.households),
              },
              {
                title: t('coverage.skilled'),
                align: 'right',
                sorter: (a, b) => a.skilled - b.skilled,
                render: (_, r) => formatNumber(r.skilled),
              },
              {
                title: t('coverage.share'),
                align: 'right',
                sorter: (a, b) => (a.coverageBp ?? -1) - (b.coverageBp ?? -1),
                render: (_, r) => shareOf(r.coverageBp),
              },
              {
                title: '',
                width: 160,
                render: (_, r) => (
                  <Progress percent={(r.coverageBp ?? 0) / 100} showInfo={false} size="small" aria-hidden="true" />
                ),
              },
            ]}
          />
        </div>
      )}
    </Page>
  );
}
