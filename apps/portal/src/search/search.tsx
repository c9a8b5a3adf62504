import { SearchOutlined } from '@ant-design/icons';
import { type HouseholdRow, listHouseholds } from '@bangfu/contracts/identification/households';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { PHONE, useMedia } from '@bangfu/ui/lib/appearance';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { markOf, StatusMark } from '@bangfu/ui/status-mark';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { Input } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { ServiceLinks } from './service-links.tsx';

const FILTER_KEYS = ['q'] as const;
const NO_FILTERS = [] as const;

/** One household among all: by name, number or the last four of an ID number. */
export function Component() {
  const t = useText<TextKey>();
  const navigation = useSheetAddress(FILTER_KEYS);
  const q = navigation.address.filters['q']?.trim() ?? '';
  return (
    <Page title={t('place.search')} subtitle={t('search.subtitle')} help={t('search.help')}>
      <div role="search" style={{ maxWidth: 640, marginBottom: 14 }}>
        <Input.Search
          key={q}
          size="large"
          autoFocus={q === ''}
          defaultValue={q}
          maxLength={60}
          aria-label={t('search.field')}
          placeholder={t('search.label')}
          enterButton={t('search.submit')}
          onSearch={(text) => navigation.setFilter('q', text.trim() || null)}
        />
      </div>
      {q === '' ? (
        <div className="bf-surface">
          <Empty icon={<SearchOutlined />} title={t('search.begin')} hint={t('search.beginHint')} />
        </div>
      ) : (
        <Results q={q} navigation={navigation} />
      )}
    </Page>
  );
}

interface ResultsProps {
  readonly q: string;
  readonly navigation: ReturnType<typeof useSheetAddress>;
}

function Results({ q, navigation }: ResultsProps) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const phone = useMedia(PHONE);
  const { size, after } = navigation.address;
  const list = useOperation(listHouseholds, { query: { search: q, limit: size, ...(after ? { cursor: after } : {}) } });
  const columns: SheetColumn<HouseholdRow>[] = [
    { key: 'head', title: t('search.head'), render: (r) => r.headName, width: 120, pinned: true },
    {
      key: 'status',
      title: ui('household.status'),
      render: (r) => <StatusMark status={markOf(r.status)} />,
      width: 120,
    },
    { key: 'number', title: t('search.number'), render: (r) => r.number, width: 180 },
    { key: 'village', title: t('search.village'), render: (r) => `${r.townshipName} ${r.villageName}`, width: 220 },
    {
      key: 'members',
      title: t('search.members'),
      render: (r) => formatNumber(r.memberCount),
      width: 80,
      numeric: true,
    },
    {
      key: 'income',
      title: t('search.income'),
      render: (r) => (r.perCapitaIncomeFen === null ? '—' : formatMoney(r.perCapitaIncomeFen)),
      width: 160,
      numeric: true,
    },
  ];
  // On a phone a row is one button; the ways into the services stand on the dossier it opens.
  if (!phone) {
    columns.push({ key: 'links', title: t('search.links'), render: (r) => <ServiceLinks household={r} />, width: 150 });
  }
  return (
    <Worksheet
      id="search"
      label={t('search.results')}
      columns={columns}
      filters={NO_FILTERS}
      data={sheetData<HouseholdRow>(list)}
      navigation={navigation}
      rowKey={(r) => r.id}
      rowName={(r) => r.headName}
      to={(r) => `/dossiers/${encodeURIComponent(r.number)}`}
      empty={<Empty title={t('search.none', { q })} hint={t('search.noneHint')} />}
    />
  );
}
