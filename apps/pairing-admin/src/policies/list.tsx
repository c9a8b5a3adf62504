import { draftPairingPolicy, listPairingPolicies } from '@bangfu/contracts/pairing/policy';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const NO_FILTERS: readonly string[] = [];

/** The versions of the county's pairing policy, latest day first. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listPairingPolicies, NO_FILTERS);
  const columns: SheetColumns<typeof listPairingPolicies> = [
    {
      key: 'validFrom',
      title: t('policy.validFrom'),
      sort: 'validFrom',
      render: (r) => r.validFrom,
      width: 110,
      pinned: true,
    },
    { key: 'document', title: t('policy.document'), sort: 'document', render: (r) => r.document, width: 260 },
    { key: 'state', title: t('policy.state'), sort: 'state', render: (r) => t(`policy.state.${r.state}`), width: 100 },
    {
      key: 'quotas',
      title: t('policy.quotas'),
      render: (r) => r.content.ranks.map(({ name, quota }) => `${name} ${quota}`).join('，'),
      width: 320,
    },
    { key: 'maker', title: t('policy.maker'), sort: 'makerName', render: (r) => r.makerName, width: 100 },
    {
      key: 'enforcer',
      title: t('policy.enforcer'),
      sort: 'enforcerName',
      render: (r) => r.enforcerName ?? '—',
      width: 100,
    },
    {
      key: 'enforcedAt',
      title: t('policy.enforcedAt'),
      sort: 'enforcedAt',
      render: (r) => (r.enforcedAt ? formatMoment(r.enforcedAt) : '—'),
      width: 150,
    },
  ];
  const begin = useMay(draftPairingPolicy) && (
    <LinkButton type="primary" to="/policies/new">
      {t('policy.draft')}
    </LinkButton>
  );
  return (
    <Page title={t('place.policies')} subtitle={t('policy.subtitle')} help={t('policy.help')} actions={begin}>
      <Worksheet
        id="pairing-policies"
        label={t('place.policies')}
        columns={columns}
        filters={[]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.document}
        to={(r) => `/policies/${r.id}`}
        empty={<Empty title={t('policy.empty')} hint={t('policy.emptyHint')} actions={begin} />}
      />
    </Page>
  );
}
