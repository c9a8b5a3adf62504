import { listPairingRegions } from '@bangfu/contracts/pairing/cadres';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { markOf, StatusMark } from '@bangfu/ui/status-mark';
import { type SheetFilter, Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';
import { useComingWords } from './coming.tsx';

const FILTER_KEYS = ['search', 'region', 'state'] as const;
const STATES = ['paired', 'without', 'coming', 'due', 'overdue'] as const;

/** Households with their helpers and where their visits stand. */
export function Component() {
  const t = useText<TextKey>();
  const ui = useUiText();
  const coming = useComingWords();
  const { sheet } = useSheet(listPairings, FILTER_KEYS);
  const regions = useOperation(listPairingRegions, {}, { enabled: useMay(listPairingRegions) });
  const townships = (regions.data?.rows ?? []).filter(({ level }) => level === 'township');
  const columns: SheetColumns<typeof listPairings> = [
    { key: 'head', title: t('pairings.head'), sort: 'headName', render: (r) => r.headName, width: 92, pinned: true },
    {
      key: 'status',
      title: ui('household.status'),
      sort: 'status',
      render: (r) => <StatusMark status={markOf(r.status)} />,
      width: 104,
    },
    {
      key: 'helper',
      title: t('pairings.helper'),
      sort: 'helper.name',
      render: (r) => r.helper?.name ?? t('pairings.none'),
      width: 104,
    },
    {
      key: 'unit',
      title: t('pairings.unit'),
      sort: 'helper.unitName',
      render: (r) => r.helper?.unitName ?? '—',
      width: 176,
    },
    {
      key: 'since',
      title: t('pairings.since'),
      sort: 'helper.since',
      render: (r) => r.helper?.since ?? '—',
      width: 110,
    },
    {
      key: 'coming',
      title: t('coming.title'),
      sort: 'coming.day',
      render: (r) => coming(r.coming) || '—',
      width: 200,
    },
    {
      key: 'last',
      title: t('pairings.last'),
      sort: 'visits.lastVisit',
      render: (r) => r.visits?.lastVisit ?? '—',
      width: 110,
    },
    {
      key: 'overdue',
      title: t('pairings.overdue'),
      sort: 'visits.overdueDays',
      render: (r) => (r.visits ? formatNumber(r.visits.overdueDays) : '—'),
      width: 100,
      numeric: true,
    },
    {
      key: 'village',
      title: t('pairings.village'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 200,
    },
    { key: 'number', title: t('pairings.number'), sort: 'number', render: (r) => r.number, width: 160 },
  ];
  const sheetFilters: SheetFilter[] = [
    { key: 'search', label: t('pairings.search'), width: 240 },
    {
      key: 'region',
      label: t('pairings.township'),
      options: townships.map(({ code, name }) => ({ value: code, label: name })),
      width: 150,
    },
    {
      key: 'state',
      label: t('pairings.state'),
      options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
      width: 130,
    },
  ];
  return (
    <Page title={t('place.pairings')} subtitle={t('pairings.subtitle')} help={t('pairings.help')}>
      <Worksheet
        id="pairings"
        label={t('place.pairings')}
        columns={columns}
        filters={sheetFilters}
        {...sheet}
        rowKey={(r) => r.householdId}
        rowName={(r) => r.headName}
        to={(r) => `/pairings/${r.householdId}`}
        empty={<Empty title={t('pairings.empty')} hint={t('pairings.emptyHint')} />}
      />
    </Page>
  );
}
