import { PlusOutlined } from '@ant-design/icons';
import { CLASS_STATES, listClasses, createClass } from '@bangfu/contracts/training/classes';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'state', 'own'] as const;

/** The county's classes, or a provider's own. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listClasses, FILTER_KEYS);
  const mayOpen = useMay(createClass);
  const open = mayOpen && (
    <LinkButton type="primary" icon={<PlusOutlined />} to="/classes/new">
      {t('classes.new')}
    </LinkButton>
  );
  const columns: SheetColumns<typeof listClasses> = [
    { key: 'name', title: t('classes.name'), sort: 'name', render: (r) => r.name, width: 240, pinned: true },
    { key: 'state', title: t('classes.state'), sort: 'state', render: (r) => t(`state.${r.state}`), width: 90 },
    { key: 'course', title: t('classes.course'), sort: 'courseName', render: (r) => r.courseName, width: 140 },
    { key: 'provider', title: t('classes.provider'), sort: 'providerName', render: (r) => r.providerName, width: 200 },
    {
      key: 'period',
      title: t('classes.period'),
      sort: 'begins',
      render: (r) => t('classes.periodOf', { begins: r.begins, ends: r.ends }),
      width: 210,
    },
    { key: 'place', title: t('classes.place'), sort: 'place', render: (r) => r.place, width: 180 },
    {
      key: 'enrolled',
      title: t('classes.enrolled'),
      sort: 'enrolled',
      render: (r) => `${formatNumber(r.enrolled)}/${formatNumber(r.capacity)}`,
      width: 110,
      numeric: true,
    },
    {
      key: 'sessions',
      title: t('classes.sessions'),
      sort: 'sessions',
      render: (r) => formatNumber(r.sessions),
      width: 70,
      numeric: true,
    },
    {
      key: 'certificates',
      title: t('classes.certificates'),
      sort: 'certificates',
      render: (r) => formatNumber(r.certificates),
      width: 70,
      numeric: true,
    },
  ];
  return (
    <Page title={t('place.classes')} subtitle={t('classes.subtitle')} help={t('classes.help')} actions={open}>
      <Worksheet
        id="training-classes"
        label={t('place.classes')}
        columns={columns}
        filters={[
          { key: 'search', label: t('classes.search'), width: 220 },
          {
            key: 'state',
            label: t('classes.state'),
            options: CLASS_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
            width: 120,
          },
          {
            key: 'own',
            label: t('classes.own'),
            options: [{ value: 'true', label: t('classes.ownYes') }],
            width: 230,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        to={(r) => `/classes/${r.id}`}
        empty={<Empty title={t('classes.empty')} hint={t('classes.emptyHint')} actions={open} />}
      />
    </Page>
  );
}
