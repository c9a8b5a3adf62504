import { listPaymentBatches, type PaymentBatch } from '@bangfu/contracts/industry/payments';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = [] as const;

/** The payment batches, the newest first. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const navigation = useSheetAddress(FILTER_KEYS);
  const { size, after } = navigation.address;
  const list = useOperation(listPaymentBatches, { query: { limit: size, cursor: after ?? undefined } });
  const columns: SheetColumn<PaymentBatch>[] = [
    { key: 'number', title: t('batch.number'), render: (r) => r.number, width: 180, pinned: true },
    { key: 'entity', title: t('contract.entity'), render: (r) => r.entityName, width: 220 },
    { key: 'year', title: t('year'), render: (r) => r.year, width: 70, numeric: true },
    { key: 'lines', title: t('batch.lines'), render: (r) => formatNumber(r.lines), width: 80, numeric: true },
    { key: 'total', title: t('amount'), render: (r) => formatMoney(r.totalFen), width: 140, numeric: true },
    { key: 'paid', title: t('batch.paid'), render: (r) => formatNumber(r.paidLines), width: 90, numeric: true },
    {
      key: 'rejected',
      title: t('batch.rejected'),
      render: (r) => formatNumber(r.rejectedLines),
      width: 80,
      numeric: true,
    },
    {
      key: 'waiting',
      title: t('batch.waiting'),
      render: (r) => formatNumber(r.waitingLines),
      width: 90,
      numeric: true,
    },
    {
      key: 'created',
      title: t('batch.created'),
      render: (r) => `${formatMoment(r.createdAt)} ${r.createdBy}`,
      width: 220,
    },
  ];
  return (
    <Page title={t('place.payments')} subtitle={t('batch.subtitle')}>
      <Worksheet
        id="batches"
        label={t('place.payments')}
        columns={columns}
        filters={[]}
        data={sheetData<PaymentBatch>(list)}
        navigation={navigation}
        rowKey={(r) => r.id}
        rowName={(r) => r.number}
        onOpen={(r) => navigate(`/payments/${r.id}`)}
        empty={<Empty title={t('batch.empty')} hint={t('batch.emptyHint')} />}
      />
    </Page>
  );
}
