import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  listContractHouseholds,
  putContractHousehold,
  removeContractHousehold,
} from '@bangfu/contracts/industry/contracts';
import { DateField } from '@bangfu/ui/date-field';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { useRefused } from '@bangfu/ui/lib/refused';
import { RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { fenOf, useYuanRule } from '../yuan-rule.ts';
import { AccountRequest } from './account-changes.tsx';
import { EndRequest } from './ends.tsx';
import { useAccountRules } from './account-rules.ts';

type Row = AnswerOf<typeof putContractHousehold>;
const FILTER_KEYS = ['search'] as const;

/** The households on a contract's list: a draft's can be taken off, another account can be asked for once it is in force. */
export function Households({
  contractId,
  mayRemove,
  mayAsk,
}: {
  readonly contractId: string;
  readonly mayRemove: boolean;
  readonly mayAsk: boolean;
}) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const { sheet } = useSheet(listContractHouseholds, FILTER_KEYS, { params: { contractId } });
  const [asking, setAsking] = useState<Row | null>(null);
  const [leaving, setLeaving] = useState<Row | null>(null);
  const remove = useCommand(removeContractHousehold);
  const columns: SheetColumns<typeof listContractHouseholds> = [
    {
      key: 'number',
      title: t('number'),
      sort: 'householdNumber',
      render: (r) => r.householdNumber,
      width: 180,
      pinned: true,
    },
    { key: 'head', title: t('head'), sort: 'headName', render: (r) => r.headName, width: 110 },
    { key: 'village', title: t('village'), sort: 'villageName', render: (r) => r.villageName, width: 140 },
    {
      key: 'stake',
      title: t('contract.stakeYuan'),
      sort: 'stakeFen',
      render: (r) => formatMoney(r.stakeFen),
      width: 120,
      numeric: true,
    },
    { key: 'from', title: t('contract.joins'), sort: 'from', render: (r) => r.from, width: 110 },
    { key: 'to', title: t('contract.leaves'), sort: 'to', render: (r) => r.to, width: 110 },
    { key: 'bank', title: t('contract.bank'), sort: 'bankName', render: (r) => r.bankName, width: 160 },
    { key: 'tail', title: t('contract.tail'), render: (r) => r.accountTail, width: 90 },
  ];
  // What is done in a row stands there for those who may do it; for all others it would only be in the way.
  const act = (title: string, onAct: (row: Row) => void): (typeof columns)[number] => ({
    key: 'act',
    title,
    width: 110,
    render: (row) => (
      <Button size="small" aria-label={`${title} ${row.headName}`} onClick={() => onAct(row)}>
        {title}
      </Button>
    ),
  });
  if (mayRemove) {
    columns.push(
      act(t('contract.remove'), ({ householdId }) => remove.mutate({ params: { contractId, householdId } }, refused)),
    );
  }
  if (mayAsk) columns.push(act(t('account.change'), setAsking), { ...act(t('end.leave'), setLeaving), key: 'leave' });
  return (
    <>
      <Worksheet
        id="contract-households"
        label={t('contract.list')}
        columns={columns}
        filters={[{ key: 'search', label: t('search'), width: 200 }]}
        {...sheet}
        rowKey={(r) => r.householdId}
        rowName={(r) => r.headName}
        empty={<Empty title={t('contract.noHouseholds')} small />}
      />
      {leaving && <EndRequest contractId={contractId} household={leaving} onEnd={() => setLeaving(null)} />}
      {asking && (
        <AccountRequest
          key={asking.householdId}
          contractId={contractId}
          household={asking}
          onEnd={() => setAsking(null)}
        />
      )}
    </>
  );
}

interface Fields {
  readonly householdNumber: string;
  readonly stake: string;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly bankName: string;
  readonly account: string;
}

/** One household by hand, in the order of the list. */
export function HouseholdEntry({ contractId }: { readonly contractId: string }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [form] = Form.useForm<Fields>();
  const yuan = useYuanRule(1);
  const account = useAccountRules();
  const put = useCommand(putContractHousehold, { onDone: () => form.resetFields() });
  const enter = ({ stake, from, to, ...given }: Fields) => {
    const days = { ...(from && { from }), ...(to && { to }) };
    put.mutate({ params: { contractId }, body: { ...given, ...days, stakeFen: fenOf(stake) } }, refused);
  };
  const required = [{ required: true }];
  return (
    <RecordSection id="entry" title={t('contract.enter')}>
      <Form<Fields> form={form} layout="inline" onFinish={enter}>
        <Form.Item name="householdNumber" label={t('number')} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name="stake" label={t('contract.stakeYuan')} rules={[...required, yuan]}>
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item name="from" label={t('contract.joins')} tooltip={t('contract.daysHint')}>
          <DateField label={t('contract.joins')} />
        </Form.Item>
        <Form.Item name="to" label={t('contract.leaves')} tooltip={t('contract.daysHint')}>
          <DateField label={t('contract.leaves')} />
        </Form.Item>
        <Form.Item name="bankName" label={t('contract.bank')} rules={account.bank}>
          <Input />
        </Form.Item>
        <Form.Item name="account" label={t('contract.account')} rules={account.account}>
          <Input inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <Button htmlType="submit" loading={put.isPending}>
          {t('contract.enter')}
        </Button>
      </Form>
    </RecordSection>
  );
}
