import { type Declaration, DECLARATION_STATUSES, listDeclarations } from '@bangfu/contracts/industry/declarations';
import { formatMoment, formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { ReactNode } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

/** No dividend of an earlier year can be declared. */
const FIRST_YEAR = 2014;
const FILTER_KEYS = ['status', 'year'] as const;

/** Declarations as a worksheet, all or those in one state. */
export function DeclarationSheet({
  only,
  empty,
}: {
  readonly only?: Declaration['status'];
  readonly empty: ReactNode;
}) {
  const t = useText<TextKey>();
  const thisYear = Number(usePlatformDay().slice(0, 4));
  const years = Array.from({ length: thisYear - FIRST_YEAR + 1 }, (_, ago) => String(thisYear - ago));
  const { sheet } = useSheet(listDeclarations, FILTER_KEYS, { query: () => (only ? { status: only } : {}) });
  const columns: SheetColumns<typeof listDeclarations> = [
    {
      key: 'entity',
      title: t('contract.entity'),
      sort: 'entityName',
      render: (r) => r.entityName,
      width: 200,
      pinned: true,
    },
    { key: 'year', title: t('year'), sort: 'year', render: (r) => r.year, width: 64, numeric: true },
    { key: 'status', title: t('status'), sort: 'status', render: (r) => t(`status.${r.status}`), width: 92 },
    {
      key: 'contract',
      title: t('contract.number'),
      sort: 'contractNumber',
      render: (r) => r.contractNumber,
      width: 120,
    },
    {
      key: 'lines',
      title: t('declaration.households'),
      sort: 'lines',
      render: (r) => formatNumber(r.lines),
      width: 70,
      numeric: true,
    },
    {
      key: 'total',
      title: t('declaration.total'),
      sort: 'totalFen',
      render: (r) => formatMoney(r.totalFen),
      width: 124,
      numeric: true,
    },
    {
      key: 'paid',
      title: t('declaration.paid'),
      sort: 'paidFen',
      render: (r) => formatMoney(r.paidFen),
      width: 124,
      numeric: true,
    },
    {
      key: 'closable',
      title: t('notice.closable'),
      render: (r) => (r.notice?.closableFrom ? formatMoment(r.notice.closableFrom) : '—'),
      width: 144,
    },
    {
      key: 'alarms',
      title: t('declaration.alarms'),
      render: (r) => r.alarms.map((alarm) => alarm.message).join('；') || '—',
      width: 190,
    },
  ];
  const states = DECLARATION_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }));
  return (
    <Worksheet
      id={only ?? 'declarations'}
      label={t('place.declarations')}
      columns={columns}
      filters={[
        ...(only ? [] : [{ key: 'status', label: t('status'), options: states, width: 140 }]),
        { key: 'year', label: t('year'), options: years.map((value) => ({ value, label: value })), width: 140 },
      ]}
      {...sheet}
      rowKey={(r) => r.id}
      rowName={(r) => `${r.entityName} ${r.year}`}
      to={(r) => `/declarations/${r.id}`}
      empty={empty}
    />
  );
}
