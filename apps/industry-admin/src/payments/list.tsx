import { listPaymentBatches } from '@bangfu/contracts/industry/payments';
import { formatMoment, formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = [] as const;

/** The payment batches, the newest first. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listPaymentBatches, FILTER_KEYS);
  const columns: SheetColumns<typeof listPaymentBatches> = [
    { key: 'number', title: t('batch.number'), sort: 'number', render: (r) => r.number, width: 180, pinned: true },
    { key: 'entity', title: t('contract.entity'), sort: 'entityName', render: (r) => r.entityName, width: 220 },
    { key: 'year', title: t('year'), sort: 'year', render: (r) => r.year, width: 70, numeric: true },
    {
      key: 'lines',
      title: t('batch.lines'),
      sort: 'lines',
      render: (r) => formatNumber(r.lines),
      width: 80,
      numeric: true,
    },
    {
      key: 'total',
      title: t('amount'),
      sort: 'totalFen',
      render: (r) => formatMoney(r.totalFen),
      width: 140,
      numeric: true,
    },
    {
      key: 'paid',
      title: t('batch.paid'),
      sort: 'paidLines',
      render: (r) => formatNumber(r.paidLines),
      width: 90,
      numeric: true,
    },
    {
      key: 'returned',
      title: t('batch.returned'),
      sort: 'returnedLines',
      render: (r) => formatNumber(r.returnedLines),
      width: 90,
      numeric: true,
    },
    {
      key: 'rejected',
      title: t('batch.rejected'),
      sort: 'rejectedLines',
      render: (r) => formatNumber(r.rejectedLines),
      width: 80,
      numeric: true,
    },
    {
      key: 'waiting',
      title: t('batch.waiting'),
      sort: 'waitingLines',
      render: (r) => formatNumber(r.waitingLines),
      width: 90,
      numeric: true,
    },
    {
      key: 'created',
      title: t('batch.created'),
      sort: 'createdAt',
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
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.number}
        to={(r) => `/payments/${r.id}`}
        empty={<Empty title={t('batch.empty')} hint={t('batch.emptyHint')} />}
      />
    </Page>
  );
}
