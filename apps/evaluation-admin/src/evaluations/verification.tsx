import { verifyEvaluationRecords } from '@bangfu/contracts/evaluation/evaluations';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { Alert, Button } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

/** Every frame, sample and return hashed again; names what does not agree. */
export function Component() {
  const t = useText<TextKey>();
  const found = useOperation(verifyEvaluationRecords);
  const body = () => {
    if (found.isError && !found.data)
      return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
    if (!found.data) return <Loading />;
    const { broken, checked } = found.data;
    if (broken.length === 0)
      return <Alert type="success" showIcon title={t('verification.holds', { count: formatNumber(checked) })} />;
    return (
      <>
        <Alert type="error" showIcon title={t('verification.broken', { count: formatNumber(broken.length) })} />
        <InnerTable
          rowKey={(row) => `${row.what}${row.id}`}
          dataSource={broken}
          columns={[
            { title: t('verification.what'), dataIndex: 'what' },
            { title: t('verification.id'), dataIndex: 'id' },
            { title: t('verification.at'), render: (_, row) => formatMoment(row.at) },
          ]}
        />
      </>
    );
  };
  return (
    <Page
      title={t('place.verification')}
      subtitle={t('verification.subtitle')}
      actions={
        <Button type="primary" loading={found.isFetching} onClick={() => void found.refetch()}>
          {t('verification.run')}
        </Button>
      }
    >
      {body()}
    </Page>
  );
}
