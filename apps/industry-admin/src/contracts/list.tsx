import { CONTRACT_STATES, draftContract, listContracts } from '@bangfu/contracts/industry/contracts';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'state', 'entityId'] as const;

/** The share contracts within the person's scope. */
export function Component() {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const { sheet } = useSheet(listContracts, FILTER_KEYS);
  const columns: SheetColumns<typeof listContracts> = [
    { key: 'number', title: t('contract.number'), sort: 'number', render: (r) => r.number, width: 160, pinned: true },
    { key: 'entity', title: t('contract.entity'), sort: 'entityName', render: (r) => r.entityName, width: 220 },
    { key: 'state', title: t('status'), sort: 'state', render: (r) => t(`contract.state.${r.state}`), width: 90 },
    { key: 'period', title: t('contract.period'), sort: 'from', render: (r) => `${r.from} – ${r.to}`, width: 210 },
    {
      key: 'guaranteed',
      title: t('contract.guaranteed'),
      sort: 'guaranteedBp',
      render: (r) => formatNumber(r.guaranteedBp / 100, 2),
      width: 130,
      numeric: true,
    },
    {
      key: 'share',
      title: t('contract.profitShare'),
      sort: 'profitShareBp',
      render: (r) => formatNumber(r.profitShareBp / 100, 2),
      width: 150,
      numeric: true,
    },
    {
      key: 'households',
      title: t('contract.households'),
      sort: 'households',
      render: (r) => formatNumber(r.households),
      width: 90,
      numeric: true,
    },
    {
      key: 'stake',
      title: t('contract.stake'),
      sort: 'stakeFen',
      render: (r) => formatMoney(r.stakeFen),
      width: 140,
      numeric: true,
    },
    {
      key: 'findings',
      title: t('contract.findings'),
      render: (r) => r.findings.map((f) => f.message).join('；'),
      width: 260,
    },
  ];
  const draft = (
    <LinkButton type="primary" reason={mayNot(draftContract)} to="/contracts/new">
      {t('contract.new')}
    </LinkButton>
  );
  return (
    <Page title={t('place.contracts')} subtitle={t('contract.subtitle')} actions={draft}>
      <Worksheet
        id="contracts"
        label={t('place.contracts')}
        columns={columns}
        filters={[
          { key: 'search', label: t('search'), width: 220 },
          {
            key: 'state',
            label: t('status'),
            options: CONTRACT_STATES.map((value) => ({ value, label: t(`contract.state.${value}`) })),
            width: 120,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.number}
        to={(r) => `/contracts/${r.id}`}
        empty={<Empty title={t('contract.empty')} hint={t('contract.emptyHint')} actions={draft} />}
      />
    </Page>
  );
}
