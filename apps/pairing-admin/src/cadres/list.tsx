import { ImportOutlined } from '@ant-design/icons';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { importCadres, listCadres, revealCadrePhone } from '@bangfu/contracts/pairing/cadres';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { closedBy } from '@bangfu/ui/lib/steps';
import { useRefused } from '@bangfu/ui/lib/refused';
import { LinkButton } from '@bangfu/ui/link-button';
import { Reveal } from '@bangfu/ui/reveal';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'free', 'helping'] as const;

type Cadre = AnswerOf<typeof listCadres>['rows'][number];

/** The cadres of the helping units with how many households each helps and may help. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listCadres, FILTER_KEYS);
  const begin = useMay(importCadres) && (
    <LinkButton type="primary" icon={<ImportOutlined />} to="/cadres/import">
      {t('cadres.import')}
    </LinkButton>
  );
  const columns: SheetColumns<typeof listCadres> = [
    {
      key: 'name',
      title: t('cadres.name'),
      sort: 'name',
      render: (r) => (r.active ? r.name : `${r.name}（${t('cadres.inactive')}）`),
      width: 120,
      pinned: true,
    },
    { key: 'unit', title: t('pairings.unit'), sort: 'unitName', render: (r) => r.unitName, width: 200 },
    { key: 'rank', title: t('cadres.rank'), sort: 'rank', render: (r) => r.rankName, width: 140 },
    {
      key: 'load',
      title: t('cadres.load'),
      sort: 'households',
      render: (r) => formatNumber(r.households),
      width: 90,
      numeric: true,
    },
    {
      key: 'quota',
      title: t('cadres.quota'),
      sort: 'quota',
      render: (r) => (r.quota === null ? '—' : formatNumber(r.quota)),
      width: 80,
      numeric: true,
    },
    { key: 'phone', title: t('cadres.phone'), render: (r) => <Phone cadre={r} />, width: 150 },
    {
      key: 'home',
      title: t('cadres.home'),
      sort: 'homeVillage',
      render: (r) => r.homeVillage ?? '—',
      width: 150,
      optional: true,
    },
    {
      key: 'account',
      title: t('cadres.account'),
      sort: 'username',
      render: (r) => r.username ?? '—',
      width: 120,
      optional: true,
    },
  ];
  return (
    <Page title={t('place.cadres')} subtitle={t('cadres.subtitle')} help={t('cadres.help')} actions={begin}>
      <Worksheet
        id="cadres"
        label={t('place.cadres')}
        columns={columns}
        filters={[
          { key: 'search', label: t('cadres.search'), width: 220 },
          {
            key: 'free',
            label: t('cadres.free'),
            options: [{ value: 'true', label: t('cadres.freeYes') }],
            width: 130,
          },
          {
            key: 'helping',
            label: t('cadres.helping'),
            options: [{ value: 'true', label: t('cadres.helpingYes') }],
            width: 130,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        to={(r) => `/pairings?search=${encodeURIComponent(r.name)}`}
        empty={<Empty title={t('cadres.empty')} hint={t('cadres.emptyHint')} actions={begin} />}
      />
    </Page>
  );
}

/** A masked phone; one click and a reason show it, and the reason is in the audit log. */
function Phone({ cadre }: { readonly cadre: Cadre }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const reveal = useCommand(revealCadrePhone, { refresh: async () => undefined });
  if (reveal.data) return <span>{reveal.data.phone}</span>;
  if (closedBy(cadre.steps, 'reveal') !== null || cadre.phoneMasked === null)
    return <span>{cadre.phoneMasked ?? '—'}</span>;
  return (
    <Reveal
      masked={cadre.phoneMasked}
      label={t('cadres.showPhone', { name: cadre.name })}
      busy={reveal.isPending}
      onAsk={(reason) => reveal.mutate({ params: { cadreId: cadre.id }, body: { reason } }, refused)}
    />
  );
}
