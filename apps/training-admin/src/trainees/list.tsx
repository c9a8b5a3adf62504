import { listTrainees } from '@bangfu/contracts/training/trainees';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search'] as const;

/** Persons enrolled, each once, with attendance and certificates over all classes. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listTrainees, FILTER_KEYS);
  const columns: SheetColumns<typeof listTrainees> = [
    {
      key: 'name',
      title: t('trainees.name'),
      sort: 'personName',
      render: (r) => r.personName,
      width: 100,
      pinned: true,
    },
    {
      key: 'household',
      title: t('class.household'),
      sort: 'householdNumber',
      render: (r) => r.householdNumber,
      width: 170,
    },
    {
      key: 'village',
      title: t('class.village'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 210,
    },
    {
      key: 'classes',
      title: t('trainees.classes'),
      sort: 'classes',
      render: (r) => formatNumber(r.classes),
      width: 80,
      numeric: true,
    },
    {
      key: 'attendance',
      title: t('trainees.attendance'),
      sort: 'present',
      render: (r) => `${formatNumber(r.present)}/${formatNumber(r.marked)}`,
      width: 120,
      numeric: true,
    },
    {
      key: 'certificates',
      title: t('classes.certificates'),
      sort: 'certificates',
      render: (r) => formatNumber(r.certificates),
      width: 80,
      numeric: true,
    },
  ];
  return (
    <Page title={t('place.trainees')} subtitle={t('trainees.subtitle')} help={t('trainees.help')}>
      <Worksheet
        id="trainees"
        label={t('place.trainees')}
        columns={columns}
        filters={[{ key: 'search', label: t('trainees.search'), width: 240 }]}
        {...sheet}
        rowKey={(r) => r.personId}
        rowName={(r) => r.personName}
        to={(r) => `/certificates?search=${encodeURIComponent(r.householdNumber)}`}
        empty={<Empty title={t('trainees.empty')} hint={t('trainees.emptyHint')} />}
      />
    </Page>
  );
}
