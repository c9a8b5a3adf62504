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

/** What can be broken, in words. */
const BROKEN = {
  'frame changed': 'broken.frame',
  'register values changed': 'broken.register',
  'sample changed': 'broken.sample',
  'signature does not hold': 'broken.signature',
  'return file changed': 'broken.file',
  'return changed': 'broken.return',
  'return missing': 'broken.missing',
  'return added': 'broken.added',
} as const satisfies Record<string, TextKey>;

/** Every frame, sample and return hashed again; names what does not agree. */
export function Component() {
  const t = useText<TextKey>();
  const found = useOperation(verifyEvaluationRecords);
  const wordOf = (what: string) => (what in BROKEN ? t(BROKEN[what as keyof typeof BROKEN]) : what);
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
            { title: t('verification.what'), render: (_, row) => wordOf(row.what) },
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
