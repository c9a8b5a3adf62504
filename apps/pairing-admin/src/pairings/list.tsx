import { listPairingRegions } from '@bangfu/contracts/pairing/cadres';
import { listPairings, type PairedHousehold } from '@bangfu/contracts/pairing/pairings';
import type { QueryOf } from '@bangfu/contracts/core/operation';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { markOf, StatusMark } from '@bangfu/ui/status-mark';
import { type SheetColumn, type SheetFilter, Worksheet } from '@bangfu/ui/worksheet';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'region', 'state'] as const;
const STATES = ['paired', 'without', 'due', 'overdue'] as const;
type Filters = Partial<Pick<QueryOf<typeof listPairings>, 'search' | 'region' | 'state'>>;

/** Households with their helpers and where their visits stand. */
export function Component() {
  const t = useText<TextKey>();
  const ui = useUiText();
  const navigate = useNavigate();
  const navigation = useSheetAddress(FILTER_KEYS);
  const { filters, size, after } = navigation.address;
  const list = useOperation(listPairings, {
    query: { ...(filters as Filters), limit: size, ...(after ? { cursor: after } : {}) },
  });
  const regions = useOperation(listPairingRegions, {}, { enabled: useMay(listPairingRegions) });
  const townships = (regions.data?.rows ?? []).filter(({ level }) => level === 'township');
  const columns: SheetColumn<PairedHousehold>[] = [
    { key: 'head', title: t('pairings.head'), render: (r) => r.headName, width: 92, pinned: true },
    {
      key: 'status',
      title: ui('household.status'),
      render: (r) => <StatusMark status={markOf(r.status)} />,
      width: 104,
    },
    { key: 'helper', title: t('pairings.helper'), render: (r) => r.helper?.name ?? t('pairings.none'), width: 104 },
    { key: 'unit', title: t('pairings.unit'), render: (r) => r.helper?.unitName ?? '—', width: 176 },
    { key: 'since', title: t('pairings.since'), render: (r) => r.helper?.since ?? '—', width: 110 },
    { key: 'last', title: t('pairings.last'), render: (r) => r.visits?.lastVisit ?? '—', width: 110 },
    {
      key: 'overdue',
      title: t('pairings.overdue'),
      render: (r) => (r.visits ? formatNumber(r.visits.overdueDays) : '—'),
      width: 100,
      numeric: true,
    },
    { key: 'village', title: t('pairings.village'), render: (r) => `${r.townshipName} ${r.villageName}`, width: 200 },
    { key: 'number', title: t('pairings.number'), render: (r) => r.number, width: 160 },
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
        data={sheetData<PairedHousehold>(list)}
        navigation={navigation}
        rowKey={(r) => r.householdId}
        rowName={(r) => r.headName}
        onOpen={(r) => navigate(`/pairings/${r.householdId}`)}
        empty={<Empty title={t('pairings.empty')} hint={t('pairings.emptyHint')} />}
      />
    </Page>
  );
}
