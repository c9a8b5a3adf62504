import { LINE_STATES } from '@bangfu/contracts/industry/declarations';
import { listDividends } from '@bangfu/contracts/industry/dividends';
import { formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'state', 'below', 'year'] as const;
const STATES = ['unpaid', ...LINE_STATES] as const;

/** The lines of all dividends submitted, household by household, with what they come to. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet, answer } = useSheet(listDividends, FILTER_KEYS);
  const columns: SheetColumns<typeof listDividends> = [
    { key: 'head', title: t('head'), sort: 'headName', render: (r) => r.headName, width: 110, pinned: true },
    { key: 'number', title: t('number'), sort: 'householdNumber', render: (r) => r.householdNumber, width: 180 },
    { key: 'village', title: t('village'), sort: 'villageName', render: (r) => r.villageName, width: 130 },
    { key: 'entity', title: t('contract.entity'), sort: 'entityName', render: (r) => r.entityName, width: 200 },
    { key: 'year', title: t('year'), sort: 'year', render: (r) => r.year, width: 64, numeric: true },
    { key: 'status', title: t('dividend.status'), sort: 'status', render: (r) => t(`status.${r.status}`), width: 110 },
    {
      key: 'amount',
      title: t('amount'),
      sort: 'amountFen',
      render: (r) => formatMoney(r.amountFen),
      width: 120,
      numeric: true,
    },
    {
      key: 'guaranteed',
      title: t('dividend.guaranteed'),
      sort: 'guaranteedFen',
      render: (r) => formatMoney(r.guaranteedFen),
      width: 130,
      numeric: true,
    },
    {
      key: 'payable',
      title: t('dividend.payable'),
      sort: 'payableFen',
      render: (r) => formatMoney(r.payableFen),
      width: 130,
      numeric: true,
    },
    { key: 'state', title: t('line.state'), sort: 'state', render: (r) => t(`line.state.${r.state}`), width: 110 },
    {
      key: 'paidOn',
      title: t('line.paidOn'),
      sort: 'paidOn',
      render: (r) => r.paidOn ?? r.rejection ?? '—',
      width: 130,
    },
  ];
  return (
    <Page
      title={t('place.dividends')}
      subtitle={answer ? t('dividend.sum', { yuan: formatMoney(answer.payableFen) }) : t('dividend.subtitle')}
      help={t('dividend.help')}
    >
      <Worksheet
        id="dividends"
        label={t('place.dividends')}
        columns={columns}
        filters={[
          { key: 'search', label: t('search'), width: 200 },
          {
            key: 'state',
            label: t('line.state'),
            options: STATES.map((value) => ({ value, label: t(`line.state.${value}`) })),
            width: 170,
          },
          {
            key: 'below',
            label: t('dividend.guaranteed'),
            options: [{ value: 'true', label: t('dividend.below') }],
            width: 180,
          },
          { key: 'year', label: t('year'), width: 100 },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => `${r.entityName} ${r.year} ${r.headName}`}
        to={(r) => `/declarations/${r.declarationId}?search=${r.householdNumber}`}
        empty={<Empty title={t('dividend.empty')} hint={t('dividend.emptyHint')} />}
      />
    </Page>
  );
}
