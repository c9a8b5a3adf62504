import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { type Declaration, LINE_STATES, listDividendLines } from '@bangfu/contracts/industry/declarations';
import { confirmReceived, getDividendLine, proposeCorrection } from '@bangfu/contracts/industry/payments';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ProblemPanel } from '@bangfu/ui/problem';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty, Loading } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import { Alert, Flex, Form, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { LineHistory } from './line-history.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import { fenOf, useYuanRule } from '../yuan-rule.ts';

type Line = AnswerOf<typeof listDividendLines>['rows'][number];
type OpenLine = AnswerOf<typeof getDividendLine>;
const FILTER_KEYS = ['search', 'state'] as const;

/** A declaration's lines; the one opened can be confirmed or corrected below the sheet. */
export function Lines({ declaration }: { readonly declaration: Declaration }) {
  const t = useText<TextKey>();
  const [chosen, setChosen] = useState<string | null>(null);
  const { sheet, answer } = useSheet(listDividendLines, FILTER_KEYS, {
    params: { declarationId: declaration.id },
  });
  const money = (fen: number | null) => (fen === null ? '—' : formatMoney(fen));
  const columns: SheetColumns<typeof listDividendLines> = [
    {
      key: 'line',
      title: '#',
      sort: 'lineNumber',
      render: (r) => r.lineNumber,
      width: 60,
      numeric: true,
      pinned: true,
    },
    { key: 'head', title: t('head'), sort: 'headName', render: (r) => r.headName, width: 110, pinned: true },
    { key: 'number', title: t('number'), sort: 'householdNumber', render: (r) => r.householdNumber, width: 180 },
    { key: 'village', title: t('village'), sort: 'villageName', render: (r) => r.villageName, width: 130 },
    {
      key: 'base',
      title: t('declaration.base'),
      sort: 'baseFen',
      render: (r) => money(r.baseFen),
      width: 130,
      numeric: true,
    },
    {
      key: 'second',
      title: t('declaration.second'),
      sort: 'secondFen',
      render: (r) => money(r.secondFen),
      width: 130,
      numeric: true,
    },
    {
      key: 'amount',
      title: t('amount'),
      sort: 'amountFen',
      render: (r) => money(r.amountFen),
      width: 120,
      numeric: true,
    },
    { key: 'state', title: t('line.state'), sort: 'state', render: (r) => t(`line.state.${r.state}`), width: 110 },
    { key: 'tail', title: t('contract.tail'), render: (r) => r.accountTail, width: 90 },
    {
      key: 'paidOn',
      title: t('line.paidOn'),
      sort: 'paidOn',
      render: (r) => r.paidOn ?? r.rejection ?? '—',
      width: 130,
    },
    {
      key: 'received',
      title: t('line.received'),
      sort: 'confirmedFen',
      render: (r) => money(r.confirmedFen),
      width: 140,
      numeric: true,
    },
  ];
  const line = answer?.rows.find((each) => each.id === chosen);
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
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => `${r.lineNumber} ${r.headName}`}
        onOpen={(r) => setChosen(r.id)}
        empty={<Empty title={t('declaration.computing')} small />}
      />
      {line && <OneLine key={line.id} line={line} contractId={declaration.contractId} />}
    </>
  );
}

function OneLine({ line, contractId }: { readonly line: Line; readonly contractId: string }) {
  const t = useText<TextKey>();
  const { lineNumber, headName, householdNumber, rejection, amountFen } = line;
  const place = useRef<HTMLElement>(null);
  const open = useOperation(getDividendLine, { params: { lineId: line.id } });
  // It opens below the sheet, which may be longer than the window.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section ref={place} aria-label={`${lineNumber} ${headName}`}>
      <Flex vertical gap="small">
        <h3>
          {lineNumber} {headName} {formatMoney(amountFen)}
        </h3>
        {line.state === 'open' && rejection && (
          <Alert
            type="warning"
            showIcon
            title={t('line.rejected', { reason: rejection })}
            action={<Link to={`/contracts/${contractId}?search=${householdNumber}`}>{t('account.change')}</Link>}
          />
        )}
        {open.isError && !open.data ? (
          <ProblemPanel problem={problemOf(open.error)} onRetry={() => void open.refetch()} />
        ) : open.data ? (
          <>
            <Confirm line={open.data} />
            <Correct line={open.data} />
            <LineHistory line={open.data} />
          </>
        ) : (
          <Loading rows={1} />
        )}
      </Flex>
    </section>
  );
}

function Confirm({ line }: { readonly line: OpenLine }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const yuan = useYuanRule(0);
  const confirm = useCommand(confirmReceived);
  return (
    <Form<{ received: string }>
      layout="inline"
      initialValues={{ received: formatMoney(line.payableFen) }}
      onFinish={({ received }) =>
        confirm.mutate({ params: { lineId: line.id }, body: { receivedFen: fenOf(received) } }, refused)
      }
    >
      <Form.Item name="received" label={t('line.received')} rules={[{ required: true }, yuan]}>
        <Input inputMode="decimal" />
      </Form.Item>
      <ReasonedButton htmlType="submit" reason={closedBy(line.steps, 'confirm')} loading={confirm.isPending}>
        {t('line.confirm')}
      </ReasonedButton>
    </Form>
  );
}

interface CorrectFields {
  readonly amount: string;
  readonly reason: string;
  readonly householdNumber?: string;
  readonly left?: string;
}

function Correct({ line }: { readonly line: OpenLine }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const yuan = useYuanRule(0);
  const [form] = Form.useForm<CorrectFields>();
  const isMove = (Form.useWatch('householdNumber', form) ?? '').trim() !== '';
  const correct = useCommand(proposeCorrection, { onDone: () => form.resetFields() });
  return (
    <Form
      form={form}
      layout="inline"
      onFinish={({ amount, reason, householdNumber = '', left }) =>
        correct.mutate(
          {
            params: { lineId: line.id },
            body: {
              amountFen: fenOf(amount),
              reason,
              ...(isMove && { householdNumber: householdNumber.trim(), leftFen: fenOf(left ?? '0') }),
            },
          },
          refused,
        )
      }
    >
      <Form.Item name="householdNumber" label={t('line.toHousehold')} tooltip={t('line.toHouseholdHint')}>
        <Input maxLength={40} placeholder={line.householdNumber} />
      </Form.Item>
      <Form.Item name="amount" label={t(isMove ? 'line.moved' : 'line.newAmount')} rules={[{ required: true }, yuan]}>
        <Input inputMode="decimal" />
      </Form.Item>
      {isMove && (
        <Form.Item name="left" label={t('line.left')} initialValue="0" rules={[{ required: true }, yuan]}>
          <Input inputMode="decimal" />
        </Form.Item>
      )}
      <Form.Item name="reason" label={t('line.reason')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={500} />
      </Form.Item>
      <ReasonedButton htmlType="submit" reason={closedBy(line.steps, 'correct')} loading={correct.isPending}>
        {t('line.correct')}
      </ReasonedButton>
    </Form>
  );
}
