import { listEntities, registerEntity } from '@bangfu/contracts/industry/entities';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const MOST_NAMED = 3;
const FILTER_KEYS = ['search'] as const;

/** The business entities within the person's scope. */
export function Component() {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const { sheet } = useSheet(listEntities, FILTER_KEYS);
  const columns: SheetColumns<typeof listEntities> = [
    { key: 'name', title: t('name'), sort: 'name', render: (r) => r.name, width: 220, pinned: true },
    { key: 'kind', title: t('entity.kind'), sort: 'kind', render: (r) => t(`entity.kind.${r.kind}`), width: 120 },
    { key: 'state', title: t('status'), sort: 'state', render: (r) => t(`entity.state.${r.state}`), width: 80 },
    { key: 'code', title: t('entity.creditCode'), sort: 'creditCode', render: (r) => r.creditCode, width: 190 },
    {
      key: 'villages',
      title: t('entity.villages'),
      sort: 'townshipName',
      // A long list of villages would make every row a paragraph; their number says as much.
      render: (r) =>
        r.villageNames.length > MOST_NAMED
          ? t('entity.villagesOf', { township: r.townshipName, count: formatNumber(r.villageNames.length) })
          : `${r.townshipName} ${r.villageNames.join('、')}`,
      width: 240,
    },
    {
      key: 'contracts',
      title: t('entity.contracts'),
      sort: 'contracts',
      render: (r) => formatNumber(r.contracts),
      width: 80,
      numeric: true,
    },
    {
      key: 'households',
      title: t('entity.households'),
      sort: 'households',
      render: (r) => formatNumber(r.households),
      width: 100,
      numeric: true,
    },
  ];
  const register = (
    <LinkButton type="primary" reason={mayNot(registerEntity)} to="/entities/new">
      {t('entity.new')}
    </LinkButton>
  );
  return (
    <Page title={t('place.entities')} subtitle={t('entity.subtitle')} actions={register}>
      <Worksheet
        id="entities"
        label={t('place.entities')}
        columns={columns}
        filters={[{ key: 'search', label: t('search'), width: 240 }]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        to={(r) => `/contracts?entityId=${r.id}`}
        empty={<Empty title={t('entity.empty')} hint={t('entity.emptyHint')} actions={register} />}
      />
    </Page>
  );
}
