import { linkTo } from '@bangfu/contracts/core/client';
import type { QueryOf } from '@bangfu/contracts/core/operation';
import { getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { downloadSurveyWorkbook, listSample, type SampleRow } from '@bangfu/contracts/evaluation/samples';
import { STRATA } from '@bangfu/domain/evaluation/frame';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { Button } from 'antd';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { outcomeWord } from '../words.ts';

type Filters = Pick<QueryOf<typeof listSample>, 'role' | 'stratum' | 'search'>;

const FILTER_KEYS = ['search', 'role', 'stratum'] as const;

/** The drawn households and the replacement list, as a worksheet; opening a row opens its dossier. */
export function Component() {
  const t = useText<TextKey>();
  const { evaluationId = '' } = useParams();
  const params = { evaluationId };
  const navigation = useSheetAddress(FILTER_KEYS);
  const { filters, size, after } = navigation.address;
  const evaluation = useOperation(getEvaluation, { params });
  const list = useOperation(listSample, {
    params,
    query: { ...(filters as Filters), limit: size, ...(after ? { cursor: after } : {}) },
  });
  const mayDownload = useMay(downloadSurveyWorkbook);
  const columns: SheetColumn<SampleRow>[] = [
    { key: 'head', title: t('sample.head'), render: (r) => r.headName, width: 120, pinned: true },
    { key: 'number', title: t('sample.number'), render: (r) => r.householdNumber, width: 170 },
    { key: 'place', title: t('sample.place'), render: (r) => `${r.townshipName} ${r.villageName}`, width: 220 },
    { key: 'stratum', title: t('sample.stratum'), render: (r) => t(`stratum.${r.stratum}`), width: 110 },
    { key: 'role', title: t('sample.role'), render: (r) => t(`role.${r.role}`), width: 100 },
    { key: 'position', title: t('sample.position'), render: (r) => r.position, width: 70, numeric: true },
    { key: 'persons', title: t('sample.persons'), render: (r) => r.persons, width: 70, numeric: true },
    { key: 'weight', title: t('sample.weight'), render: (r) => formatNumber(r.weight, 2), width: 90, numeric: true },
    { key: 'outcome', title: t('sample.outcome'), render: (r) => outcomeWord(r.outcome), width: 110 },
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
        data={sheetData<SampleRow>(list)}
        navigation={navigation}
        rowKey={(r) => r.householdNumber}
        rowName={(r) => r.headName}
        onOpen={(r) => window.location.assign(`/dossiers/${r.householdNumber}`)}
        empty={<Empty title={t('sample.none')} hint={t('sample.noneHint')} />}
      />
    </Page>
  );
}
