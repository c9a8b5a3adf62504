import { listClaims } from '@bangfu/contracts/industry/claims';
import { formatMoment, formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'state'] as const;
const STATES = ['open', 'settled'] as const;

/** What households had too much, the newest first, with what is still to be recovered. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet, answer } = useSheet(listClaims, FILTER_KEYS);
  const columns: SheetColumns<typeof listClaims> = [
    { key: 'head', title: t('head'), sort: 'headName', render: (r) => r.headName, width: 110, pinned: true },
    { key: 'number', title: t('number'), sort: 'householdNumber', render: (r) => r.householdNumber, width: 180 },
    { key: 'village', title: t('village'), sort: 'villageName', render: (r) => r.villageName, width: 130 },
    { key: 'entity', title: t('contract.entity'), sort: 'entityName', render: (r) => r.entityName, width: 200 },
    { key: 'year', title: t('year'), sort: 'year', render: (r) => r.year, width: 64, numeric: true },
    {
      key: 'amount',
      title: t('amount'),
      sort: 'amountFen',
      render: (r) => formatMoney(r.amountFen),
      width: 120,
      numeric: true,
    },
    {
      key: 'open',
      title: t('claim.open'),
      sort: 'outstandingFen',
      render: (r) => formatMoney(r.outstandingFen),
      width: 130,
      numeric: true,
    },
    { key: 'reason', title: t('line.reason'), render: (r) => r.reason, width: 220 },
    {
      key: 'opened',
      title: t('claim.opened'),
      sort: 'openedAt',
      render: (r) => `${formatMoment(r.openedAt)} ${r.openedBy}`,
      width: 220,
    },
  ];
  return (
    <Page
      title={t('place.claims')}
      subtitle={t('claim.subtitle')}
      help={t('claim.sum', { amount: formatMoney(answer?.outstandingFen ?? 0) })}
    >
      <Worksheet
        id="claims"
        label={t('place.claims')}
        columns={columns}
        filters={[
          { key: 'search', label: t('search'), width: 200 },
          {
            key: 'state',
            label: t('status'),
            options: STATES.map((value) => ({ value, label: t(`claim.state.${value}`) })),
            width: 140,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => `${r.headName} ${r.year}`}
        to={(r) => `/claims/${r.id}`}
        empty={<Empty title={t('claim.empty')} hint={t('claim.emptyHint')} />}
      />
    </Page>
  );
}
