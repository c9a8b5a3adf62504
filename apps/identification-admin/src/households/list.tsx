import { ImportOutlined } from '@ant-design/icons';
import { linkTo } from '@bangfu/contracts/core/client';
import { exportHouseholds, getQuality, listHouseholds } from '@bangfu/contracts/identification/households';
import { uploadRoster } from '@bangfu/contracts/identification/imports';
import { listRegions } from '@bangfu/contracts/identification/regions';
import { useOperation } from '@bangfu/ui/lib/data';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { markOf, StatusMark } from '@bangfu/ui/status-mark';
import { type SheetFilter, Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';
import { CATEGORY_OPTIONS, CAUSE_OPTIONS, categoryWord, causeWord } from '../words.ts';

const FILTER_KEYS = ['search', 'region', 'status', 'category', 'cause', 'rule', 'asOf'] as const;

/** All households within the person's scope, as a worksheet. */
export function Component() {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { sheet, filters, query } = useSheet(listHouseholds, FILTER_KEYS);
  const regions = useOperation(listRegions);
  const quality = useOperation(getQuality);
  // A link from the data-quality page may name a village.
  const offered = (regions.data?.rows ?? []).filter(
    (region) => region.level === 'township' || region.code === filters['region'],
  );
  const mayImport = useMay(uploadRoster);
  const columns: SheetColumns<typeof listHouseholds> = [
    { key: 'head', title: t('households.head'), sort: 'headName', render: (r) => r.headName, width: 96, pinned: true },
    {
      key: 'status',
      title: ui('household.status'),
      sort: 'status',
      render: (r) => <StatusMark status={markOf(r.status)} />,
      width: 104,
    },
    { key: 'number', title: t('households.number'), sort: 'number', render: (r) => r.number, width: 160 },
    {
      key: 'village',
      title: t('households.village'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 210,
    },
    {
      key: 'members',
      title: t('households.members'),
      sort: 'memberCount',
      render: (r) => formatNumber(r.memberCount),
      width: 70,
      numeric: true,
    },
    {
      key: 'category',
      title: ui('household.category'),
      sort: 'category',
      render: (r) => categoryWord(r.category),
      width: 116,
    },
    {
      key: 'cause',
      title: t('households.cause'),
      sort: 'mainCause',
      render: (r) => causeWord(r.mainCause),
      width: 112,
    },
    {
      key: 'income',
      title: t('households.income'),
      sort: 'perCapitaIncomeFen',
      render: (r) => (r.perCapitaIncomeFen === null ? '—' : formatMoney(r.perCapitaIncomeFen)),
      width: 150,
      numeric: true,
    },
    {
      key: 'breaches',
      title: t('households.breaches'),
      sort: 'breaches',
      render: (r) => (r.breaches === null ? '—' : formatNumber(r.breaches)),
      width: 90,
      numeric: true,
    },
  ];
  const sheetFilters: SheetFilter[] = [
    { key: 'search', label: t('households.query'), width: 260 },
    {
      key: 'region',
      label: t('households.township'),
      options: offered.map((r) => ({ value: r.code, label: r.name })),
      width: 150,
    },
    {
      key: 'status',
      label: ui('household.status'),
      options: (['poor', 'registered', 'exited', 'returned', 'none'] as const).map((value) => ({
        value,
        label: t(`status.${value}`),
      })),
      width: 120,
    },
    { key: 'category', label: ui('household.category'), options: CATEGORY_OPTIONS, width: 140 },
    { key: 'cause', label: t('households.cause'), options: CAUSE_OPTIONS, width: 140 },
    {
      key: 'rule',
      label: t('households.rule'),
      options: [
        { value: 'any', label: t('households.ruleAny') },
        ...(quality.data?.rules ?? []).map(({ ruleId, message }) => ({
          value: ruleId,
          label: `${message}（${ruleId}）`,
        })),
      ],
      width: 200,
    },
    { key: 'asOf', label: t('households.asOf'), day: true, width: 150 },
  ];
  const ofDay = filters['asOf'] ? `?asOf=${filters['asOf']}` : '';
  return (
    <Page
      title={t('place.households')}
      subtitle={filters['asOf'] ? t('households.ofDay', { day: filters['asOf'] }) : t('households.subtitle')}
      help={t('households.help')}
      actions={
        mayImport && (
          <LinkButton icon={<ImportOutlined />} to="/imports/new">
            {t('households.import')}
          </LinkButton>
        )
      }
    >
      <Worksheet
        id="households"
        label={t('place.households')}
        columns={columns}
        filters={sheetFilters}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.headName}
        to={(r) => `/households/${r.id}${ofDay}`}
        onExport={() => window.location.assign(linkTo(exportHouseholds, { query: { ...query, format: 'xlsx' } }))}
        empty={
          <Empty
            title={t('households.empty')}
            hint={t('households.emptyHint')}
            actions={
              mayImport && (
                <LinkButton type="primary" to="/imports/new">
                  {t('households.import')}
                </LinkButton>
              )
            }
          />
        }
      />
    </Page>
  );
}
