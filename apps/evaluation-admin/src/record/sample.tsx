import { linkTo } from '@bangfu/contracts/core/client';
import { getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { downloadSurveyWorkbook, listSample } from '@bangfu/contracts/evaluation/samples';
import { STRATA } from '@bangfu/domain/evaluation/frame';
import { useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import { Button } from 'antd';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { outcomeWord } from '../words.ts';

const FILTER_KEYS = ['search', 'role', 'stratum'] as const;

/** The drawn households and the replacement list, as a worksheet; opening a row opens its dossier. */
export function Component() {
  const t = useText<TextKey>();
  const { evaluationId = '' } = useParams();
  const params = { evaluationId };
  const evaluation = useOperation(getEvaluation, { params });
  const { sheet } = useSheet(listSample, FILTER_KEYS, { params });
  const mayDownload = useMay(downloadSurveyWorkbook);
  const columns: SheetColumns<typeof listSample> = [
    { key: 'head', title: t('sample.head'), sort: 'headName', render: (r) => r.headName, width: 120, pinned: true },
    { key: 'number', title: t('sample.number'), sort: 'householdNumber', render: (r) => r.householdNumber, width: 170 },
    {
      key: 'place',
      title: t('sample.place'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 220,
    },
    {
      key: 'stratum',
      title: t('sample.stratum'),
      sort: 'stratum',
      render: (r) => t(`stratum.${r.stratum}`),
      width: 110,
    },
    { key: 'role', title: t('sample.role'), sort: 'role', render: (r) => t(`role.${r.role}`), width: 100 },
    {
      key: 'position',
      title: t('sample.position'),
      sort: 'position',
      render: (r) => r.position,
      width: 70,
      numeric: true,
    },
    { key: 'persons', title: t('sample.persons'), sort: 'persons', render: (r) => r.persons, width: 70, numeric: true },
    {
      key: 'weight',
      title: t('sample.weight'),
      sort: 'weight',
      render: (r) => formatNumber(r.weight, 2),
      width: 90,
      numeric: true,
    },
    { key: 'outcome', title: t('sample.outcome'), sort: 'outcome', render: (r) => outcomeWord(r.outcome), width: 110 },
  ];
  return (
    <Page
      title={`${t('sample.title')} ${evaluation.data?.name ?? ''}`}
      subtitle={t('sample.subtitle')}
      actions={mayDownload && <Button href={linkTo(downloadSurveyWorkbook, { params })}>{t('sample.workbook')}</Button>}
    >
      <Worksheet
        id="evaluation-sample"
        label={t('sample.title')}
        columns={columns}
        filters={[
          { key: 'search', label: t('sample.query'), width: 220 },
          {
            key: 'role',
            label: t('sample.role'),
            options: (['sample', 'replacement'] as const).map((value) => ({ value, label: t(`role.${value}`) })),
            width: 120,
          },
          {
            key: 'stratum',
            label: t('sample.stratum'),
            options: STRATA.map((value) => ({ value, label: t(`stratum.${value}`) })),
            width: 130,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.householdNumber}
        rowName={(r) => r.headName}
        href={(r) => `/dossiers/${r.householdNumber}`}
        empty={<Empty title={t('sample.none')} hint={t('sample.noneHint')} />}
      />
    </Page>
  );
}
