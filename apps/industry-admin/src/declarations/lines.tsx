import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { type Declaration, LINE_STATES, listDividendLines } from '@bangfu/contracts/industry/declarations';
import { confirmReceived, proposeCorrection } from '@bangfu/contracts/industry/payments';
import { parseYuan } from '@bangfu/domain/shared/money';
import { sheetData, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty } from '@bangfu/ui/states';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { Input, Space } from 'antd';
import { useState } from 'react';
import { useMayNot } from '../may.ts';
import type { TextKey } from '../texts.zh-CN.ts';

type Line = AnswerOf<typeof confirmReceived>['line'];
const FILTER_KEYS = ['search', 'state'] as const;

/** A declaration's lines; the one opened can be confirmed or corrected below the sheet. */
export function Lines({ declaration }: { readonly declaration: Declaration }) {
  const t = useText<TextKey>();
  const navigation = useSheetAddress(FILTER_KEYS);
  const [chosen, setChosen] = useState<string | null>(null);
  const { filters, size, after } = navigation.address;
  const state = LINE_STATES.find((each) => each === filters['state']);
  const list = useOperation(listDividendLines, {
    params: { declarationId: declaration.id },
    query: { search: filters['search'], state, limit: size, cursor: after ?? undefined },
  });
  const money = (fen: number | null) => (fen === null ? '—' : formatMoney(fen));
  const columns: SheetColumn<Line>[] = [
    { key: 'line', title: '#', render: (r) => r.lineNumber, width: 60, numeric: true, pinned: true },
    { key: 'head', title: t('head'), render: (r) => r.headName, width: 110, pinned: true },
    { key: 'number', title: t('number'), render: (r) => r.householdNumber, width: 180 },
    { key: 'village', title: t('village'), render: (r) => r.villageName, width: 130 },
    { key: 'base', title: t('declaration.base'), render: (r) => money(r.baseFen), width: 130, numeric: true },
    { key: 'second', title: t('declaration.second'), render: (r) => money(r.secondFen), width: 130, numeric: true },
    { key: 'amount', title: t('amount'), render: (r) => money(r.amountFen), width: 120, numeric: true },
    { key: 'state', title: t('line.state'), render: (r) => t(`line.state.${r.state}`), width: 110 },
    { key: 'tail', title: t('contract.tail'), render: (r) => r.accountTail, width: 90 },
    { key: 'paidOn', title: t('line.paidOn'), render: (r) => r.paidOn ?? r.rejection ?? '—', width: 130 },
    { key: 'received', title: t('line.received'), render: (r) => money(r.confirmedFen), width: 140, numeric: true },
  ];
  const line = list.data?.rows.find((each) => each.id === chosen);
  return (
    <>
      <Worksheet
        id="dividend-lines"
        label={t('declaration.lines')}
        columns={columns}
        filters={[
          { key: 'search', label: t('search'), width: 200 },
          {
            key: 'state',
            label: t('line.state'),
            options: LINE_STATES.map((value) => ({ value, label: t(`line.state.${value}`) })),
            width: 140,
          },
        ]}
        data={sheetData<Line>(list)}
        navigation={navigation}
        rowKey={(r) => r.id}
        rowName={(r) => `${r.lineNumber} ${r.headName}`}
        onOpen={(r) => setChosen(r.id)}
        empty={<Empty title={t('declaration.computing')} small />}
      />
      {line && <OneLine key={line.id} line={line} />}
    </>
  );
}

function OneLine({ line }: { readonly line: Line }) {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const refused = useRefused();
  const [received, setReceived] = useState(formatMoney(line.payableFen));
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const confirm = useCommand(confirmReceived);
  const correct = useCommand(proposeCorrection);
  const receivedFen = parseYuan(received);
  const amountFen = parseYuan(amount);
  const params = { lineId: line.id };
  const noConfirm =
    mayNot(confirmReceived) ??
    (line.state !== 'paid' ? t(`line.state.${line.state}`) : receivedFen === null ? t('line.received') : null);
  const noCorrect =
    mayNot(proposeCorrection) ??
    (amountFen === null ? t('line.newAmount') : reason.trim().length < 2 ? t('line.reason') : null);
  return (
    <section aria-label={`${line.lineNumber} ${line.headName}`}>
      <h3>
        {line.lineNumber} {line.headName} {formatMoney(line.amountFen)}
      </h3>
      <Space wrap>
        <Input aria-label={t('line.received')} value={received} onChange={(e) => setReceived(e.target.value)} />
        <ReasonedButton
          reason={noConfirm}
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ params, body: { receivedFen: receivedFen ?? 0 } }, refused)}
        >
          {t('line.confirm')}
        </ReasonedButton>
        <Input
          aria-label={t('line.newAmount')}
          placeholder={t('line.newAmount')}
          value={amount}
          onChange={(e) => setAmount(e.target.value)}
        />
        <Input
          aria-label={t('line.reason')}
          placeholder={t('line.reason')}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
        <ReasonedButton
          reason={noCorrect}
          loading={correct.isPending}
          onClick={() => correct.mutate({ params, body: { amountFen: amountFen ?? 0, reason } }, refused)}
        >
          {t('line.correct')}
        </ReasonedButton>
      </Space>
    </section>
  );
}
