import { listVisits } from '@bangfu/contracts/pairing/visits';
import { readDay } from '@bangfu/domain/shared/time';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

/** A day in any writing. */
const READS = { from: readDay, to: readDay };
const FILTER_KEYS = ['search', 'household', 'from', 'to'] as const;

/** Visits within the scope, latest first. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listVisits, FILTER_KEYS, { reads: READS });
  const columns: SheetColumns<typeof listVisits> = [
    { key: 'at', title: t('visit.at'), sort: 'at', render: (r) => formatMoment(r.at), width: 150, pinned: true },
    { key: 'household', title: t('visit.household'), sort: 'headName', render: (r) => r.headName, width: 100 },
    {
      key: 'village',
      title: t('visit.village'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 200,
    },
    { key: 'helper', title: t('visit.helper'), sort: 'helperName', render: (r) => r.helperName, width: 100 },
    { key: 'unit', title: t('visit.unit'), sort: 'unitName', render: (r) => r.unitName, width: 180 },
    { key: 'seen', title: t('visit.seen'), render: (r) => r.seen, width: 320 },
    {
      key: 'needs',
      title: t('visit.needsShort'),
      render: (r) => formatNumber(r.needs.length),
      width: 70,
      numeric: true,
    },
    {
      key: 'photos',
      title: t('visit.photoCount'),
      render: (r) => formatNumber(r.photos.length),
      width: 70,
      numeric: true,
    },
  ];
  return (
    <Page title={t('place.visits')} subtitle={t('visits.subtitle')} help={t('visits.help')}>
      <Worksheet
        id="visits"
        label={t('place.visits')}
        columns={columns}
        filters={[
          { key: 'search', label: t('visits.search'), width: 240 },
          { key: 'from', label: t('visits.from'), day: true },
          { key: 'to', label: t('visits.to'), day: true },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.headName}
        to={(r) => `/visits/${r.id}`}
        empty={<Empty title={t('visits.empty')} hint={t('visits.emptyHint')} />}
      />
    </Page>
  );
}
