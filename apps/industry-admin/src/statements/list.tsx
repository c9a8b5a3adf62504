import { listIncomeHouseholds } from '@bangfu/contracts/industry/statements';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'with'] as const;
const LISTED = ['payment', 'share'] as const;

/** The households that had confirmed income from entities. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listIncomeHouseholds, FILTER_KEYS);
  const columns: SheetColumns<typeof listIncomeHouseholds> = [
    { key: 'head', title: t('head'), sort: 'headName', render: (r) => r.headName, width: 120, pinned: true },
    { key: 'number', title: t('number'), sort: 'householdNumber', render: (r) => r.householdNumber, width: 190 },
    { key: 'village', title: t('village'), sort: 'villageName', render: (r) => r.villageName, width: 150 },
    {
      key: 'entities',
      title: t('statement.entities'),
      sort: 'entities',
      render: (r) => formatNumber(r.entities),
      width: 110,
      numeric: true,
    },
    {
      key: 'payments',
      title: t('statement.payments'),
      sort: 'payments',
      render: (r) => formatNumber(r.payments),
      width: 80,
      numeric: true,
    },
    {
      key: 'total',
      title: t('statement.total'),
      sort: 'totalFen',
      render: (r) => formatMoney(r.totalFen),
      width: 140,
      numeric: true,
    },
  ];
  return (
    <Page title={t('place.statements')} subtitle={t('statement.subtitle')}>
      <Worksheet
        id="statements"
        label={t('place.statements')}
        columns={columns}
        filters={[
          { key: 'search', label: t('search'), width: 220 },
          {
            key: 'with',
            label: t('statement.with'),
            options: LISTED.map((value) => ({ value, label: t(`statement.with.${value}`) })),
            width: 220,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.householdId}
        rowName={(r) => r.headName}
        to={(r) => `/statements/${r.householdNumber}`}
        empty={<Empty title={t('statement.empty')} hint={t('statement.emptyHint')} />}
      />
    </Page>
  );
}
