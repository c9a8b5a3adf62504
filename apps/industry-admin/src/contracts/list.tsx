import {
  CONTRACT_STATES,
  draftContract,
  listContracts,
  type ShareContract,
} from '@bangfu/contracts/industry/contracts';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty } from '@bangfu/ui/states';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'state', 'entityId'] as const;

/** The share contracts within the person's scope. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const mayNot = useMayNot();
  const navigation = useSheetAddress(FILTER_KEYS);
  const { filters, size, after } = navigation.address;
  const state = CONTRACT_STATES.find((each) => each === filters['state']);
  const list = useOperation(listContracts, {
    query: { search: filters['search'], entityId: filters['entityId'], state, limit: size, cursor: after ?? undefined },
  });
  const columns: SheetColumn<ShareContract>[] = [
    { key: 'number', title: t('contract.number'), render: (r) => r.number, width: 160, pinned: true },
    { key: 'entity', title: t('contract.entity'), render: (r) => r.entityName, width: 220 },
    { key: 'state', title: t('status'), render: (r) => t(`contract.state.${r.state}`), width: 90 },
    { key: 'period', title: t('contract.period'), render: (r) => `${r.from} – ${r.to}`, width: 210 },
    {
      key: 'guaranteed',
      title: t('contract.guaranteed'),
      render: (r) => formatNumber(r.guaranteedBp / 100, 2),
      width: 130,
      numeric: true,
    },
    {
      key: 'share',
      title: t('contract.profitShare'),
      render: (r) => formatNumber(r.profitShareBp / 100, 2),
      width: 150,
      numeric: true,
    },
    {
      key: 'households',
      title: t('contract.households'),
      render: (r) => formatNumber(r.households),
      width: 90,
      numeric: true,
    },
    { key: 'stake', title: t('contract.stake'), render: (r) => formatMoney(r.stakeFen), width: 140, numeric: true },
    {
      key: 'findings',
      title: t('contract.findings'),
      render: (r) => r.findings.map((f) => f.message).join('；'),
      width: 260,
    },
  ];
  const draft = (
    <ReasonedButton type="primary" reason={mayNot(draftContract)} onClick={() => navigate('/contracts/new')}>
      {t('contract.new')}
    </ReasonedButton>
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
        data={sheetData<ShareContract>(list)}
        navigation={navigation}
        rowKey={(r) => r.id}
        rowName={(r) => r.number}
        onOpen={(r) => navigate(`/contracts/${r.id}`)}
        empty={<Empty title={t('contract.empty')} hint={t('contract.emptyHint')} actions={draft} />}
      />
    </Page>
  );
}
