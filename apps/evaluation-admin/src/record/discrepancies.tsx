import { linkTo } from '@bangfu/contracts/core/client';
import { downloadDiscrepancies, listDiscrepancies } from '@bangfu/contracts/evaluation/discrepancies';
import { getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { DISCREPANCY_ITEMS, type DiscrepancyItem } from '@bangfu/domain/evaluation/discrepancy';
import { formatYuan } from '@bangfu/domain/shared/money';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import { Button } from 'antd';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['item'] as const;

/** Where the returns differ from the register as it was frozen, item by item, and how far both agree. */
export function Component() {
  const t = useText<TextKey>();
  const { evaluationId = '' } = useParams();
  const params = { evaluationId };
  const evaluation = useOperation(getEvaluation, { params });
  const { sheet, answer } = useSheet(listDiscrepancies, FILTER_KEYS, { params });
  const said = (of: DiscrepancyItem, value: number): string => {
    if (of === 'income') return formatYuan(value);
    return of === 'poor' ? t(value === 1 ? 'poor.yes' : 'poor.no') : formatNumber(value);
  };
  const columns: SheetColumns<typeof listDiscrepancies> = [
    { key: 'head', title: t('sample.head'), sort: 'headName', render: (r) => r.headName, width: 120, pinned: true },
    { key: 'number', title: t('sample.number'), sort: 'householdNumber', render: (r) => r.householdNumber, width: 170 },
    {
      key: 'place',
      title: t('sample.place'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 220,
    },
    { key: 'item', title: t('discrepancies.item'), sort: 'item', render: (r) => t(`item.${r.item}`), width: 130 },
    {
      key: 'registered',
      title: t('discrepancies.registered'),
      sort: 'registered',
      render: (r) => said(r.item, r.registered),
      width: 120,
      numeric: true,
    },
    {
      key: 'found',
      title: t('discrepancies.found'),
      sort: 'found',
      render: (r) => said(r.item, r.found),
      width: 120,
      numeric: true,
    },
  ];
  return (
    <Page
      title={`${t('discrepancies.title')} ${evaluation.data?.name ?? ''}`}
      subtitle={t('discrepancies.subtitle')}
      actions={<Button href={linkTo(downloadDiscrepancies, { params })}>{t('discrepancies.download')}</Button>}
    >
      {answer && (
        <RecordSection id="agreement" title={t('discrepancies.agreement')}>
          <InnerTable
            rowKey="item"
            dataSource={answer.agreement}
            columns={[
              { title: t('discrepancies.item'), render: (_, r) => t(`item.${r.item}`) },
              { title: t('discrepancies.compared'), render: (_, r) => formatNumber(r.compared), align: 'right' },
              { title: t('discrepancies.different'), render: (_, r) => formatNumber(r.different), align: 'right' },
              {
                title: t('discrepancies.kappa'),
                render: (_, r) => (r.kappa === null ? '—' : formatNumber(r.kappa, 3)),
                align: 'right',
              },
            ]}
          />
        </RecordSection>
      )}
      <Worksheet
        id="evaluation-discrepancies"
        label={t('discrepancies.title')}
        columns={columns}
        filters={[
          {
            key: 'item',
            label: t('discrepancies.item'),
            options: DISCREPANCY_ITEMS.map((value) => ({ value, label: t(`item.${value}`) })),
            width: 160,
          },
        ]}
        {...sheet}
        rowKey={(r) => `${r.householdNumber}/${r.item}`}
        rowName={(r) => `${r.headName} ${t(`item.${r.item}`)}`}
        href={(r) => `/dossiers/${r.householdNumber}`}
        empty={<Empty title={t('discrepancies.none')} hint={t('discrepancies.noneHint')} />}
      />
    </Page>
  );
}
