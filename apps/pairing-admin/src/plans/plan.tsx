import { getPlan, listPlanRows, type PairingPlan, type PlanRow } from '@bangfu/contracts/pairing/plans';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { PlanActions } from './plan-actions.tsx';

const FILTER_KEYS = ['change'] as const;
const CHANGES = ['added', 'moved', 'kept', 'unplaced'] as const;
const FOLLOW_MS = 1_000;

/** One plan: its figures against today, household by household, and the next step. */
export function Component() {
  const t = useText<TextKey>();
  const { planId = '' } = useParams();
  const found = useOperation(
    getPlan,
    { params: { planId } },
    { refetchInterval: (last) => (last?.state === 'computing' ? FOLLOW_MS : false) },
  );
  if (found.isError && !found.data) {
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  }
  if (!found.data) return <Loading />;
  const plan = found.data;
  return (
    <Page
      title={`${plan.regionName} ${t('place.plans')}`}
      subtitle={[
        t(`plan.state.${plan.state}`),
        `${plan.makerName} ${formatMoment(plan.createdAt)}`,
        ...(plan.appliedFrom === null ? [] : [t('plan.holdsFrom', { day: plan.appliedFrom })]),
        ...(plan.withdrawReason === null
          ? []
          : [t('plan.withdrawnBy', { name: plan.withdrawerName ?? '', reason: plan.withdrawReason })]),
      ].join(' · ')}
      help={t('plans.help')}
      actions={<PlanActions plan={plan} />}
    >
      {plan.state === 'computing' ? <Loading /> : <Comparison plan={plan} />}
    </Page>
  );
}

function Comparison({ plan }: { readonly plan: PairingPlan }) {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listPlanRows, FILTER_KEYS, { params: { planId: plan.id } });
  const helper = (given: PlanRow['today']) => (given ? `${given.name}（${given.unitName}，${given.rank}）` : '—');
  const columns: SheetColumns<typeof listPlanRows> = [
    { key: 'head', title: t('pairings.head'), sort: 'headName', render: (r) => r.headName, width: 90, pinned: true },
    {
      key: 'village',
      title: t('pairings.village'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 190,
    },
    { key: 'change', title: t('plan.change'), sort: 'change', render: (r) => t(`plans.${r.change}`), width: 80 },
    { key: 'today', title: t('plan.today'), sort: 'today.name', render: (r) => helper(r.today), width: 220 },
    {
      key: 'proposed',
      title: t('plan.proposed'),
      sort: 'proposed.name',
      render: (r) => helper(r.proposed),
      width: 220,
    },
    { key: 'reason', title: t('plan.reason'), sort: 'reason', render: (r) => r.message ?? '—', width: 180 },
    { key: 'number', title: t('pairings.number'), sort: 'number', render: (r) => r.number, width: 160 },
  ];
  const keys = ['households', 'withoutToday', 'added', 'moved', 'kept', 'unplaced', 'staying'] as const;
  const distance = plan.figures?.distance ?? null;
  return (
    <>
      {plan.figures && (
        <RecordSection id="figures" title={t('plan.figures')}>
          <Facts
            facts={keys.map((key) => ({ label: t(`plans.${key}`), value: formatNumber(plan.figures?.[key] ?? 0) }))}
          />
          {distance !== null && <p>{t(`plan.distance.${distance}`)}</p>}
        </RecordSection>
      )}
      <Worksheet
        id="plan-rows"
        label={t('place.plans')}
        columns={columns}
        filters={[
          {
            key: 'change',
            label: t('plan.change'),
            options: CHANGES.map((value) => ({ value, label: t(`plans.${value}`) })),
            width: 140,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.householdId}
        rowName={(r) => r.headName}
        to={(r) => `/pairings/${r.householdId}`}
        empty={<Empty title={t('plan.noRows')} hint={t('plan.noRowsHint')} />}
      />
    </>
  );
}
