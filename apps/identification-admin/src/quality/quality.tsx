import { checkQuality, getQuality } from '@bangfu/contracts/identification/households';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { InnerTable } from '@bangfu/ui/inner-table';
import { PHONE, useMedia } from '@bangfu/ui/lib/appearance';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { App, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import './quality.css';

type Rule = AnswerOf<typeof getQuality>['rules'][number];

/** Open data-quality problems by rule and by village, each with its households, and a check on demand. */
export function Component() {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const found = useOperation(getQuality, {}, { refetchInterval: 5_000 });
  const check = useCommand(checkQuality, { onDone: () => void message.success(t('quality.ordered')) });
  const refused = useRefused();
  const mayNot = useMayNot();
  const phone = useMedia(PHONE);
  const sizes: TableColumnsType<Rule> = [
    { title: t('quality.severity'), render: (_, rule) => t(`quality.${rule.severity}`), width: 100 },
    { title: t('quality.count'), render: (_, rule) => formatNumber(rule.count), align: 'right', width: 100 },
  ];
  const body = () => {
    if (found.isError && !found.data)
      return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
    if (!found.data) return <Loading />;
    if (found.data.rules.length === 0) return <Empty title={t('quality.none')} hint={t('quality.noneHint')} />;
    return (
      <>
        <RecordSection id="rules" title={t('quality.byRule')}>
          <InnerTable
            rowKey="ruleId"
            dataSource={found.data.rules}
            columns={[
              {
                title: t('quality.message'),
                render: (_, rule) => (
                  <>
                    {rule.message} <small className="quality__rule">{rule.ruleId}</small>
                  </>
                ),
              },
              ...(phone ? [] : sizes),
              {
                title: t('quality.households'),
                render: (_, rule) => <Link to={`/?rule=${rule.ruleId}`}>{formatNumber(rule.households)}</Link>,
                align: 'right',
                width: 72,
              },
            ]}
          />
        </RecordSection>
        <RecordSection id="villages" title={t('quality.byVillage')}>
          <InnerTable
            pagination={{ pageSize: 20, showSizeChanger: false }}
            rowKey="villageCode"
            dataSource={found.data.villages}
            columns={[
              { title: t('households.village'), dataIndex: 'villageName' },
              {
                title: t('quality.count'),
                render: (_, village) => formatNumber(village.count),
                align: 'right',
                width: 120,
              },
              {
                title: t('quality.households'),
                render: (_, village) => (
                  <Link to={`/?rule=any&region=${village.villageCode}`}>{formatNumber(village.households)}</Link>
                ),
                align: 'right',
                width: 120,
              },
            ]}
          />
        </RecordSection>
      </>
    );
  };
  return (
    <Page
      title={t('place.quality')}
      subtitle={t('quality.subtitle')}
      help={t('quality.help')}
      actions={
        <ReasonedButton
          type="primary"
          reason={mayNot(checkQuality)}
          loading={check.isPending}
          onClick={() => check.mutate({ body: {} }, refused)}
        >
          {t('quality.check')}
        </ReasonedButton>
      }
    >
      {body()}
    </Page>
  );
}
