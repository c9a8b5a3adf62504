import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { listIncomeHouseholds } from '@bangfu/contracts/industry/statements';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

type Row = AnswerOf<typeof listIncomeHouseholds>['rows'][number];
const FILTER_KEYS = ['search', 'with'] as const;
const LISTED = ['payment', 'share'] as const;

/** The households that had confirmed income from entities. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const navigation = useSheetAddress(FILTER_KEYS);
  const { filters, size, after } = navigation.address;
  const list = useOperation(listIncomeHouseholds, {
    query: {
      search: filters['search'],
      with: LISTED.find((each) => each === filters['with']),
      limit: size,
      cursor: after ?? undefined,
    },
  });
  const columns: SheetColumn<Row>[] = [
    { key: 'head', title: t('head'), render: (r) => r.headName, width: 120, pinned: true },
    { key: 'number', title: t('number'), render: (r) => r.householdNumber, width: 190 },
    { key: 'village', title: t('village'), render: (r) => r.villageName, width: 150 },
    {
      key: 'entities',
      title: t('statement.entities'),
      render: (r) => formatNumber(r.entities),
      width: 110,
      numeric: true,
    },
    {
      key: 'payments',
      title: t('statement.payments'),
      render: (r) => formatNumber(r.payments),
      width: 80,
      numeric: true,
    },
    { key: 'total', title: t('statement.total'), render: (r) => formatMoney(r.totalFen), width: 140, numeric: true },
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
        data={sheetData<Row>(list)}
        navigation={navigation}
        rowKey={(r) => r.householdId}
        rowName={(r) => r.headName}
        onOpen={(r) => navigate(`/statements/${r.householdNumber}`)}
        empty={<Empty title={t('statement.empty')} hint={t('statement.emptyHint')} />}
      />
    </Page>
  );
}
