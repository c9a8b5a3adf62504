import { CASE_BEGINS_FROM, MOST_CASES, OPENABLE_KINDS, openCases } from '@bangfu/contracts/identification/cases';
import { type HouseholdRow, listHouseholds } from '@bangfu/contracts/identification/households';
import { BatchDialog } from '@bangfu/ui/batch-dialog';
import { DateField } from '@bangfu/ui/date-field';
import { useSend } from '@bangfu/ui/lib/data';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type SheetSelection, Worksheet } from '@bangfu/ui/worksheet';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

const kindOf = (word: string | undefined) => OPENABLE_KINDS.find((each) => each === word) ?? 'registration';

const FILTER_KEYS = ['search', 'kind'] as const;

/** Chooses households of the status a kind of case begins from and opens their cases: the first of the eight steps. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const today = usePlatformDay();
  const [on, setOn] = useState(today);
  const { sheet, filters, walk } = useSheet(listHouseholds, FILTER_KEYS, {
    query: (asked) => ({ status: CASE_BEGINS_FROM[kindOf(asked['kind'])], openCase: 'false' as const }),
  });
  const kind = kindOf(filters['kind']);
  const open = useSend(openCases);
  const [selection, setSelection] = useState<SheetSelection | null>(null);
  const opened = useRef<string[]>([]);
  const send = async (householdIds: readonly string[], idempotencyKey: string) => {
    const { cases } = await open({ body: { kind, householdIds: [...householdIds], on }, idempotencyKey });
    opened.current.push(...cases.map(({ id }) => id));
  };
  const end = (done: number) => {
    setSelection(null);
    const [only] = opened.current;
    if (done > 0) void navigate(only && done === 1 ? `/cases/${only}` : '/cases?waiting=true');
  };
  const columns: SheetColumns<typeof listHouseholds> = [
    { key: 'head', title: t('households.head'), sort: 'headName', render: (r) => r.headName, width: 120, pinned: true },
    { key: 'number', title: t('households.number'), sort: 'number', render: (r) => r.number, width: 180 },
    {
      key: 'village',
      title: t('households.village'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 220,
    },
    {
      key: 'members',
      title: t('households.members'),
      sort: 'memberCount',
      render: (r) => formatNumber(r.memberCount),
      width: 80,
      numeric: true,
    },
    {
      key: 'income',
      title: t('households.income'),
      sort: 'perCapitaIncomeFen',
      render: (r) => (r.perCapitaIncomeFen === null ? '—' : formatMoney(r.perCapitaIncomeFen)),
      width: 160,
      numeric: true,
    },
  ];
  return (
    <Page
      title={t(`new.title.${kind}`)}
      subtitle={t(`new.subtitle.${kind}`)}
      actions={<DateField label={t('new.on')} value={on} max={today} onChange={(day) => setOn(day ?? today)} />}
    >
      <Worksheet<HouseholdRow>
        id="cases-new"
        label={t(`new.title.${kind}`)}
        columns={columns}
        filters={[
          { key: 'search', label: t('households.query'), width: 260 },
          {
            key: 'kind',
            label: t('cases.kind'),
            options: OPENABLE_KINDS.map((value) => ({ value, label: t(`cases.kind.${value}`) })),
            width: 160,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.headName}
        to={(r) => `/households/${r.id}`}
        batch={[
          {
            key: 'open',
            label: (count) => t('new.batch', { count }),
            onRun: setSelection,
          },
        ]}
        empty={<Empty title={t('new.empty')} hint={t(`new.emptyHint.${kind}`)} />}
      />
      {selection && (
        <BatchDialog<HouseholdRow>
          title={(count) => t('new.batch', { count })}
          selection={selection}
          walk={walk}
          keyOf={({ id }) => id}
          owner={openCases.owner}
          portion={MOST_CASES}
          send={send}
          onEnd={end}
        >
          <p>{t('new.batchHint', { day: on })}</p>
        </BatchDialog>
      )}
    </Page>
  );
}
