import { PlusOutlined } from '@ant-design/icons';
import { createEvaluation, listEvaluations } from '@bangfu/contracts/evaluation/evaluations';
import { formatDay, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';
import { Verdict } from '../verdict.tsx';

const NO_FILTERS: readonly string[] = [];

/** The evaluations within the person's scope, newest first. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listEvaluations, NO_FILTERS);
  const mayBegin = useMay(createEvaluation);
  const begin = mayBegin && (
    <LinkButton type="primary" icon={<PlusOutlined />} to="/evaluations/new">
      {t('list.new')}
    </LinkButton>
  );
  const columns: SheetColumns<typeof listEvaluations> = [
    { key: 'name', title: t('list.name'), sort: 'name', render: (r) => r.name, width: 260, pinned: true },
    { key: 'state', title: t('list.state'), sort: 'state', render: (r) => t(`state.${r.state}`), width: 150 },
    {
      key: 'frameDate',
      title: t('list.frameDate'),
      sort: 'frameDate',
      render: (r) => formatDay(r.frameDate),
      width: 130,
    },
    {
      key: 'sampled',
      title: t('list.sampled'),
      sort: 'sample.households',
      render: (r) => (r.sample ? formatNumber(r.sample.households) : '—'),
      width: 110,
      numeric: true,
    },
    {
      key: 'returned',
      title: t('list.returned'),
      sort: 'returns.accepted',
      render: (r) => formatNumber(r.returns.accepted),
      width: 110,
      numeric: true,
    },
    {
      key: 'verdict',
      title: t('list.verdict'),
      sort: 'verdict',
      render: (r) => <Verdict verdict={r.verdict} />,
      width: 180,
    },
  ];
  return (
    <Page title={t('place.evaluations')} subtitle={t('list.subtitle')} help={t('list.help')} actions={begin}>
      <Worksheet
        id="evaluations"
        label={t('place.evaluations')}
        columns={columns}
        filters={[]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        to={(r) => `/evaluations/${r.id}`}
        empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} actions={begin} />}
      />
    </Page>
  );
}
