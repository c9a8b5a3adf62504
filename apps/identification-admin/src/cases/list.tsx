import { PlusOutlined } from '@ant-design/icons';
import {
  CASE_STATUSES,
  type CaseRow,
  listCases,
  OPENABLE_KINDS,
  openCases,
} from '@bangfu/contracts/identification/cases';
import { listRegions } from '@bangfu/contracts/identification/regions';
import { PROCEDURES, type StepId } from '@bangfu/domain/identification/case/steps';
import { useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type SheetFilter, type SheetSelection, Worksheet } from '@bangfu/ui/worksheet';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { type BatchAct, CaseBatch, caseKey, useBatchActs } from './batch.tsx';
import { useCaseWords } from './words.ts';

const FILTER_KEYS = ['search', 'region', 'waiting', 'overdue', 'kind', 'step', 'status'] as const;

/** The steps a case of a kind can wait at; without a kind, those of every kind that can be opened. */
const stepsOf = (kind: string | undefined): readonly StepId[] => {
  const kinds = OPENABLE_KINDS.filter((each) => !kind || each === kind);
  return [...new Set(kinds.flatMap((each) => PROCEDURES[each].slice(1).map(({ id }) => id)))];
};

/** Cases within the person's scope, as a worksheet with the acts that are done in batches. */
export function Component() {
  const t = useText<TextKey>();
  const { word, need } = useCaseWords();
  const { sheet, filters, walk } = useSheet(listCases, FILTER_KEYS);
  const regions = useOperation(listRegions);
  const enters = useMay(openCases);
  const acts = useBatchActs();
  const [batch, setBatch] = useState<{ act: BatchAct; selection: SheetSelection; unselect: () => void } | null>(null);
  const columns: SheetColumns<typeof listCases> = [
    { key: 'head', title: t('households.head'), sort: 'headName', render: (r) => r.headName, width: 110, pinned: true },
    {
      key: 'need',
      title: t('cases.need'),
      render: (r) => (r.need ? need(r.need.code, r.need.params) : word(r.status)),
      width: 240,
    },
    { key: 'step', title: t('cases.step'), sort: 'step', render: (r) => (r.step ? word(r.step) : '—'), width: 110 },
    { key: 'deadline', title: t('cases.deadline'), sort: 'deadline', render: (r) => deadlineOf(r, t), width: 180 },
    {
      key: 'village',
      title: t('households.village'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 200,
    },
    {
      key: 'number',
      title: t('households.number'),
      sort: 'householdNumber',
      render: (r) => r.householdNumber,
      width: 170,
    },
    { key: 'kind', title: t('cases.kind'), sort: 'kind', render: (r) => t(`cases.kind.${r.kind}`), width: 110 },
    {
      key: 'closable',
      title: t('cases.closable'),
      sort: 'closableFrom',
      render: (r) => (r.closableFrom ? formatMoment(r.closableFrom) : '—'),
      width: 150,
    },
    {
      key: 'objections',
      title: t('cases.objections'),
      sort: 'openObjections',
      render: (r) => formatNumber(r.openObjections),
      width: 90,
      numeric: true,
    },
    { key: 'opened', title: t('cases.opened'), sort: 'openedOn', render: (r) => r.openedOn, width: 110 },
    {
      key: 'status',
      title: t('cases.state'),
      sort: 'status',
      render: (r) => word(r.status),
      width: 90,
      optional: true,
    },
  ];
  const sheetFilters: SheetFilter[] = [
    { key: 'search', label: t('cases.search'), width: 200 },
    { key: 'waiting', label: t('cases.mine'), options: [{ value: 'true', label: t('cases.mineOnly') }], width: 150 },
    {
      key: 'region',
      label: t('households.township'),
      options: (regions.data?.rows ?? [])
        // A link from one's work may name a village.
        .filter((region) => region.level === 'township' || region.code === filters['region'])
        .map((region) => ({ value: region.code, label: region.name })),
      width: 150,
    },
    {
      key: 'overdue',
      label: t('cases.overdueFilter'),
      options: [{ value: 'true', label: t('cases.overdueOnly') }],
      width: 120,
    },
    {
      key: 'kind',
      label: t('cases.kind'),
      options: OPENABLE_KINDS.map((value) => ({ value, label: t(`cases.kind.${value}`) })),
      width: 140,
    },
    {
      key: 'step',
      label: t('cases.step'),
      options: stepsOf(filters['kind']).map((id) => ({ value: id, label: word(id) })),
      width: 140,
    },
    {
      key: 'status',
      label: t('cases.state'),
      options: CASE_STATUSES.map((value) => ({ value, label: word(value) })),
      width: 120,
    },
  ];
  const end = (done: number) => {
    if (done > 0) batch?.unselect();
    setBatch(null);
  };
  const toNew = filters['kind'] === 'return' ? '/cases/new?kind=return' : '/cases/new';
  const newButton = (
    <LinkButton type="primary" icon={<PlusOutlined />} to={toNew}>
      {t('cases.new')}
    </LinkButton>
  );
  return (
    <Page
      title={t('place.cases')}
      subtitle={t('cases.subtitle')}
      help={t('cases.help')}
      actions={enters ? newButton : null}
    >
      <Worksheet<CaseRow>
        id="cases"
        label={t('place.cases')}
        columns={columns}
        filters={sheetFilters}
        {...sheet}
        rowKey={caseKey}
        rowName={(r) => r.headName}
        to={(r) => `/cases/${r.id}`}
        batch={acts.map((act) => ({
          key: act.key,
          label: act.label,
          onRun: (selection, unselect) => setBatch({ act, selection, unselect }),
        }))}
        empty={<Empty title={t('cases.empty')} hint={t('cases.emptyHint')} actions={enters ? newButton : null} />}
      />
      {batch && <CaseBatch {...batch} walk={walk} onEnd={end} />}
    </Page>
  );
}

function deadlineOf(row: CaseRow, t: (key: TextKey, params?: Record<string, string | number>) => string): string {
  if (!row.deadline) return '—';
  return row.overdueDays > 0 ? `${row.deadline} ${t('cases.overdue', { days: row.overdueDays })}` : row.deadline;
}
