import { listHelpingUnits } from '@bangfu/contracts/pairing/cadres';
import { placeName } from '@bangfu/domain/shared/region';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search'] as const;

/** The helping units with their villages. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listHelpingUnits, FILTER_KEYS);
  const columns: SheetColumns<typeof listHelpingUnits> = [
    { key: 'name', title: t('units.name'), sort: 'name', render: (r) => r.name, width: 220, pinned: true },
    {
      key: 'villages',
      title: t('units.villages'),
      render: (r) => r.villages.map(({ name }) => placeName(name)).join('、') || '—',
      width: 320,
    },
    {
      key: 'cadres',
      title: t('units.cadres'),
      sort: 'cadres',
      render: (r) => formatNumber(r.cadres),
      width: 100,
      numeric: true,
    },
    {
      key: 'load',
      title: t('cadres.load'),
      sort: 'households',
      render: (r) => formatNumber(r.households),
      width: 100,
      numeric: true,
    },
  ];
  return (
    <Page title={t('place.units')} subtitle={t('units.subtitle')} help={t('units.help')}>
      <Worksheet
        id="units"
        label={t('place.units')}
        columns={columns}
        filters={[{ key: 'search', label: t('units.name'), width: 220 }]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        to={(r) => `/cadres?search=${encodeURIComponent(r.name)}`}
        empty={<Empty title={t('cadres.empty')} hint={t('cadres.emptyHint')} />}
      />
    </Page>
  );
}
