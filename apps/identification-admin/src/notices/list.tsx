import { listNotices, NOTICE_STATUSES, type NoticeRow } from '@bangfu/contracts/identification/notices';
import { listRegions } from '@bangfu/contracts/identification/regions';
import { useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type SheetFilter, Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['region', 'status', 'level'] as const;

/** Notices and announcements within the person's scope. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listNotices, FILTER_KEYS);
  const regions = useOperation(listRegions);
  const columns: SheetColumns<typeof listNotices> = [
    { key: 'title', title: t('notices.title'), sort: 'place', render: (r) => r.title, width: 320, pinned: true },
    {
      key: 'status',
      title: t('notices.status'),
      sort: 'status',
      render: (r) => t(`notices.status.${r.status}`),
      width: 100,
    },
    { key: 'from', title: t('notices.from'), sort: 'openedOn', render: (r) => r.openedOn, width: 110 },
    {
      key: 'until',
      title: t('notices.until'),
      sort: 'until',
      render: (r) => (r.level === 'county' ? '—' : r.until),
      width: 110,
    },
    {
      key: 'households',
      title: t('notices.households'),
      sort: 'households',
      render: (r) => formatNumber(r.households),
      width: 80,
      numeric: true,
    },
    {
      key: 'hanging',
      title: t('notices.hanging'),
      sort: 'hanging',
      render: (r) => formatNumber(r.hanging),
      width: 90,
      numeric: true,
    },
    {
      key: 'objections',
      title: t('notices.objections'),
      sort: 'objections',
      render: (r) => `${formatNumber(r.objections)}（${formatNumber(r.openObjections)}）`,
      width: 120,
      numeric: true,
    },
    { key: 'number', title: t('notices.number'), sort: 'number', render: (r) => r.number, width: 140 },
  ];
  const sheetFilters: SheetFilter[] = [
    {
      key: 'region',
      label: t('households.township'),
      options: (regions.data?.rows ?? [])
        .filter((region) => region.level === 'township')
        .map((region) => ({ value: region.code, label: region.name })),
      width: 150,
    },
    {
      key: 'level',
      label: t('notices.level'),
      options: (['village', 'township', 'county'] as const).map((value) => ({
        value,
        label: t(`notices.level.${value}`),
      })),
      width: 120,
    },
    {
      key: 'status',
      label: t('notices.status'),
      options: NOTICE_STATUSES.map((value) => ({ value, label: t(`notices.status.${value}`) })),
      width: 120,
    },
  ];
  return (
    <Page title={t('place.notices')} subtitle={t('notices.subtitle')} help={t('notices.help')}>
      <Worksheet<NoticeRow>
        id="notices"
        label={t('place.notices')}
        columns={columns}
        filters={sheetFilters}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.title}
        to={(r) => `/notices/${r.id}`}
        empty={<Empty title={t('notices.empty')} hint={t('notices.emptyHint')} />}
      />
    </Page>
  );
}
