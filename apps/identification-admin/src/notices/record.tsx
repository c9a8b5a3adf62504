import { PrinterOutlined } from '@ant-design/icons';
import { closeNotice, getNotice, type NoticeDetail } from '@bangfu/contracts/identification/notices';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { App, Button, Space } from 'antd';
import { Link, useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { Objections } from './objections.tsx';

type Entry = NoticeDetail['entries'][number];

/** One notice: how long it hangs, its households, its objections, and the button that takes it down. */
export function Component() {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const { noticeId = '' } = useParams();
  const found = useOperation(getNotice, { params: { noticeId } });
  const close = useCommand(closeNotice, { onDone: (done) => void message.success(t('notice.closed', { ...done })) });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const notice = found.data;
  return (
    <>
      <RecordHeader
        name={notice.title}
        number={notice.number}
        place={notice.place}
        facts={[t(`notices.status.${notice.status}`)]}
        actions={
          <Space wrap>
            <Link to={`/notices/${noticeId}/print`}>
              <Button icon={<PrinterOutlined />}>{t('notice.print')}</Button>
            </Link>
            <Button href={`/public/notices/${noticeId}`} target="_blank">
              {t('notice.public')}
            </Button>
            {notice.status === 'opened' && (
              <ReasonedButton
                type="primary"
                reason={notice.closeRefusal}
                loading={close.isPending}
                onClick={() => close.mutate({ params: { noticeId }, body: {} })}
              >
                {t('form.closeNotice')}
              </ReasonedButton>
            )}
          </Space>
        }
      />
      {close.isError && <ProblemPanel problem={problemOf(close.error)} />}
      <RecordSection id="facts" title={t('notice.facts')}>
        <Facts
          facts={[
            { label: t('notices.from'), value: notice.openedOn },
            { label: t('notices.until'), value: notice.level === 'county' ? '—' : notice.until },
            { label: t('notices.households'), value: formatNumber(notice.households) },
            { label: t('notices.hanging'), value: formatNumber(notice.hanging) },
            { label: t('notice.openedBy'), value: notice.openedBy },
            {
              label: t('notice.statuses'),
              value: notice.statuses
                .map(
                  ({ status, at, accountName }) =>
                    `${t(`notices.status.${status}`)} ${formatMoment(at)} ${accountName}`,
                )
                .join('；'),
              wide: true,
            },
            {
              label: t('notice.seal'),
              value: <span style={{ overflowWrap: 'anywhere' }}>{notice.contentHash}</span>,
              wide: true,
            },
          ]}
        />
      </RecordSection>
      <RecordSection id="objections" title={t('case.section.objections')}>
        {notice.objectionList.length === 0 ? (
          <Empty title={t('case.noObjections')} small />
        ) : (
          <Objections objections={notice.objectionList} />
        )}
      </RecordSection>
      <RecordSection id="entries" title={t('notice.entries')}>
        <InnerTable<Entry>
          rowKey="position"
          pagination={notice.entries.length > 100 ? { pageSize: 100 } : false}
          dataSource={[...notice.entries]}
          columns={[
            { title: t('notice.position'), width: 70, render: (_, e) => e.position },
            { title: t('notice.name'), render: (_, e) => e.name },
            { title: t('notice.village'), render: (_, e) => e.village },
            { title: t('notice.state'), render: (_, e) => t(e.hanging ? 'notice.hangs' : 'notice.gone') },
            {
              title: '',
              render: (_, e) => (e.caseId ? <Link to={`/cases/${e.caseId}`}>{t('notice.case')}</Link> : null),
            },
          ]}
        />
      </RecordSection>
    </>
  );
}
