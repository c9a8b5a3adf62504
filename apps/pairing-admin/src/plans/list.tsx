import { listPairingRegions } from '@bangfu/contracts/pairing/cadres';
import { listPlans, makePlan, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay, useMayAt } from '@bangfu/ui/lib/may';
import { useRefused } from '@bangfu/ui/lib/refused';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import { Button, Select, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

const NO_FILTERS: readonly string[] = [];

/** The plans within the scope, and the way to compute another. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listPlans, NO_FILTERS);
  const mayMake = useMay(makePlan);
  const figure = (plan: PairingPlan, key: 'households' | 'added' | 'moved' | 'unplaced') =>
    plan.figures ? formatNumber(plan.figures[key]) : '—';
  const columns: SheetColumns<typeof listPlans> = [
    {
      key: 'region',
      title: t('plans.region'),
      sort: 'regionName',
      render: (r) => r.regionName,
      width: 140,
      pinned: true,
    },
    { key: 'state', title: t('plans.state'), sort: 'state', render: (r) => t(`plan.state.${r.state}`), width: 100 },
    ...(['households', 'added', 'moved', 'unplaced'] as const).map((key) => ({
      key,
      title: t(`plans.${key}`),
      sort: `figures.${key}` as const,
      render: (r: PairingPlan) => figure(r, key),
      width: 100,
      numeric: true,
    })),
    { key: 'maker', title: t('plans.maker'), sort: 'makerName', render: (r) => r.makerName, width: 120 },
    {
      key: 'approver',
      title: t('plans.approver'),
      sort: 'approverName',
      render: (r) => r.approverName ?? '—',
      width: 120,
    },
    { key: 'at', title: t('plans.at'), sort: 'createdAt', render: (r) => formatMoment(r.createdAt), width: 160 },
  ];
  return (
    <Page
      title={t('place.plans')}
      subtitle={t('plans.subtitle')}
      help={t('plans.help')}
      actions={mayMake && <MakePlan />}
    >
      <Worksheet
        id="plans"
        label={t('place.plans')}
        columns={columns}
        filters={[]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.regionName}
        to={(r) => `/plans/${r.id}`}
        empty={<Empty title={t('plans.empty')} hint={t('plans.emptyHint')} />}
      />
    </Page>
  );
}

function MakePlan() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const refused = useRefused();
  const [chosen, setChosen] = useState<string | null>(null);
  const regions = useOperation(listPairingRegions);
  const mayAt = useMayAt(makePlan);
  const make = useCommand(makePlan, { onDone: (plan) => navigate(`/plans/${plan.id}`) });
  const options = (regions.data?.rows ?? [])
    .filter(({ level, code }) => level !== 'village' && mayAt(code))
    .map(({ code, name }) => ({ value: code, label: name }));
  const region = chosen ?? options[0]?.value;
  const order = () => {
    if (region === undefined) return;
    make.mutate({ body: { region } }, refused);
  };
  return (
    <Space.Compact>
      <Select
        aria-label={t('plans.region')}
        style={{ width: 160 }}
        value={region ?? null}
        onChange={setChosen}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
      />
      <Button type="primary" onClick={order} loading={make.isPending}>
        {t('plans.make')}
      </Button>
    </Space.Compact>
  );
}
