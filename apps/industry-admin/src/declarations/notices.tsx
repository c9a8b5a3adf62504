import { linkTo } from '@bangfu/contracts/core/client';
import {
  closeDividendNotice,
  openDividendNotice,
  printDividendList,
} from '@bangfu/contracts/industry/dividend-notices';
import type { VillageNotice } from '@bangfu/contracts/industry/village-notice';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoment, formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Button, Flex } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import type { OpenDeclaration } from './actions.tsx';
import { Objection } from './objection.tsx';

interface Props {
  readonly declaration: OpenDeclaration;
}

/** The notices of an edition village by village: how each stands, its number, its objections. */
export function Notices({ declaration }: Props) {
  const t = useText<TextKey>();
  const { notices } = declaration;
  const objections = notices.flatMap((notice) => notice.objections.map((objection) => ({ notice, objection })));
  return (
    <RecordSection id="notice" title={t('place.notices')}>
      <InnerTable<VillageNotice>
        rowKey="id"
        dataSource={notices}
        columns={[
          { title: t('village'), dataIndex: 'villageName' },
          { title: t('status'), render: (_, n) => t(`notice.state.${n.state}`) },
          { title: t('declaration.households'), render: (_, n) => formatNumber(n.households), align: 'right' },
          { title: t('declaration.total'), render: (_, n) => formatMoney(n.totalFen), align: 'right' },
          {
            title: t('notice.opened'),
            render: (_, n) => (n.openedAt ? `${formatMoment(n.openedAt)} ${n.openedBy ?? ''}` : '—'),
          },
          { title: t('notice.closable'), render: (_, n) => <Closable notice={n} /> },
          { title: t('notice.number'), render: (_, n) => <VerifyNumber notice={n} /> },
          { title: '', render: (_, n) => <Acts declaration={declaration} notice={n} /> },
        ]}
      />
      <h3>{t('notice.objections')}</h3>
      {objections.length === 0 && <Empty title={t('notice.noObjections')} small />}
      {objections.map(({ notice, objection }) => (
        <Objection key={objection.id} declaration={declaration} notice={notice} objection={objection} />
      ))}
    </RecordSection>
  );
}

function Closable({ notice }: { readonly notice: VillageNotice }) {
  const t = useText<TextKey>();
  if (notice.closedAt)
    return <>{t('notice.closedAt', { at: formatMoment(notice.closedAt), by: notice.closedBy ?? '' })}</>;
  if (!notice.openedAt) return <>—</>;
  return <>{notice.closableFrom ? formatMoment(notice.closableFrom) : t('missing.objection')}</>;
}

function VerifyNumber({ notice }: { readonly notice: VillageNotice }) {
  if (!notice.verifyNumber) return <>—</>;
  return (
    <a href={`/public/verify/${notice.verifyNumber}`} title={notice.contentHash ?? ''}>
      {notice.verifyNumber}
    </a>
  );
}

/** What can be done with the notice of one village. */
function Acts({ declaration, notice }: Props & { readonly notice: VillageNotice }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const open = useCommand(openDividendNotice);
  const close = useCommand(closeDividendNotice);
  const params = { declarationId: declaration.id };
  const body = { noticeIds: [notice.id] };
  if (notice.state === 'waiting') {
    return (
      <ReasonedButton
        size="small"
        reason={closedBy(notice.steps, 'open-notice')}
        loading={open.isPending}
        onClick={() => open.mutate({ params, body }, refused)}
      >
        {t('notice.post')}
      </ReasonedButton>
    );
  }
  return (
    <Flex gap="small" wrap>
      {notice.state === 'open' && (
        <>
          <a href={`/public/dividend-notices/${notice.id}`}>{t('notice.public')}</a>
          <ReasonedButton
            size="small"
            reason={closedBy(notice.steps, 'close-notice')}
            loading={close.isPending}
            onClick={() => close.mutate({ params, body }, refused)}
          >
            {t('notice.end')}
          </ReasonedButton>
        </>
      )}
      <Button
        size="small"
        href={linkTo(printDividendList, { params: { ...params, noticeId: notice.id } })}
        target="_blank"
      >
        {t('act.print')}
      </Button>
    </Flex>
  );
}

/** Lists of earlier editions: posted once, superseded since, and still to be verified. */
export function Superseded({ declaration }: Props) {
  const t = useText<TextKey>();
  return (
    <RecordSection id="superseded" title={t('notice.superseded')}>
      <InnerTable<OpenDeclaration['superseded'][number]>
        rowKey="id"
        dataSource={declaration.superseded}
        columns={[
          { title: t('notice.edition'), render: (_, n) => formatNumber(n.revision), align: 'right' },
          { title: t('village'), dataIndex: 'villageName' },
          { title: t('declaration.households'), render: (_, n) => formatNumber(n.households), align: 'right' },
          { title: t('declaration.total'), render: (_, n) => formatMoney(n.totalFen), align: 'right' },
          { title: t('notice.opened'), render: (_, n) => formatMoment(n.openedAt) },
          {
            title: t('notice.number'),
            render: (_, n) => <a href={`/public/verify/${n.verifyNumber}`}>{n.verifyNumber}</a>,
          },
        ]}
      />
    </RecordSection>
  );
}
