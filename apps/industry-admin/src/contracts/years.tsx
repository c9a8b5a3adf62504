import type { AnswerOf, BodyOf } from '@bangfu/contracts/core/operation';
import { listDividendYears } from '@bangfu/contracts/industry/declarations';
import {
  decideNilYear,
  declareNilYear,
  type OfferedNilYear,
  withdrawNilYear,
} from '@bangfu/contracts/industry/nil-years';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Button, Flex, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ConfirmedButton } from '../confirmed-button.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

type Year = AnswerOf<typeof listDividendYears>['rows'][number];

/** How it stands that a year had nothing to distribute: it waits for the township or is confirmed; else undefined. */
const standingNil = ({ nils }: Year) =>
  nils.map(({ state }) => state).find((state) => state === 'proposed' || state === 'confirmed');

/** The dividend years of a contract: which are declared, which can be, and which had nothing to distribute. */
export function DividendYears({ contractId }: { readonly contractId: string }) {
  const t = useText<TextKey>();
  const [asking, setAsking] = useState<Year | null>(null);
  const list = useOperation(listDividendYears, { params: { contractId } });
  return (
    <RecordSection id="dividend-years" title={t('years.title')}>
      <InnerTable<Year>
        rowKey="from"
        loading={list.isPending}
        dataSource={list.data?.rows ?? []}
        locale={{ emptyText: <Empty title={t('years.none')} small /> }}
        columns={[
          { title: t('declaration.period'), render: (_, row) => `${row.year}（${row.from} – ${row.to}）` },
          { title: t('status'), render: (_, row) => <Standing year={row} /> },
          {
            title: t('years.nil'),
            render: (_, row) => (
              <Flex vertical gap="small" align="start">
                {row.nils.map((nil) => (
                  <Nil key={nil.id} nil={nil} />
                ))}
                {!standingNil(row) && (
                  <ReasonedButton size="small" reason={row.declareNil.reason?.message} onClick={() => setAsking(row)}>
                    {t('years.declareNil')}
                  </ReasonedButton>
                )}
              </Flex>
            ),
          },
        ]}
      />
      {asking && <NilRequest contractId={contractId} year={asking} onEnd={() => setAsking(null)} />}
    </RecordSection>
  );
}

function Standing({ year }: { readonly year: Year }) {
  const t = useText<TextKey>();
  if (year.declarationId) return <Link to={`/declarations/${year.declarationId}`}>{t('years.declared')}</Link>;
  const nil = standingNil(year);
  if (nil) return t(`years.stands.${nil}`);
  return year.reason?.message ?? t('years.open');
}

/** One that was declared: why, by whom, what became of it, and what can be done with it. */
function Nil({ nil }: { readonly nil: OfferedNilYear }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [returning, setReturning] = useState(false);
  const decide = useCommand(decideNilYear, { onDone: () => setReturning(false) });
  const withdraw = useCommand(withdrawNilYear);
  const params = { nilId: nil.id };
  const closed = { decide: closedBy(nil.steps, 'decide'), withdraw: closedBy(nil.steps, 'withdraw') };
  return (
    <div>
      <div>
        {t(`years.state.${nil.state}`)} {nil.decidedBy} {nil.decidedAt && formatMoment(nil.decidedAt)}
        {nil.returnReason && `：${nil.returnReason}`}
      </div>
      <div>
        {nil.reason} {nil.documentNumber && `（${nil.documentNumber}）`}
      </div>
      <div>
        {nil.declaredBy} {formatMoment(nil.declaredAt)}
      </div>
      {nil.state === 'proposed' && (
        <Space wrap>
          <ConfirmedButton
            size="small"
            type="primary"
            label={t('years.confirm')}
            title={t('years.confirmOf', { year: nil.year })}
            reason={closed.decide}
            loading={decide.isPending}
            onConfirm={() => decide.mutate({ params, body: { confirmed: true } }, refused)}
          />
          <ReasonedButton size="small" reason={closed.decide} onClick={() => setReturning(true)}>
            {t('years.return')}
          </ReasonedButton>
          {isShown(nil.steps, 'withdraw') && (
            <ReasonedButton
              size="small"
              reason={closed.withdraw}
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ params }, refused)}
            >
              {t('years.withdraw')}
            </ReasonedButton>
          )}
        </Space>
      )}
      {returning && (
        <Modal open title={t('years.returnOf', { year: nil.year })} footer={null} onCancel={() => setReturning(false)}>
          <Form<{ readonly reason: string }>
            layout="vertical"
            onFinish={({ reason }) => decide.mutate({ params, body: { confirmed: false, reason } }, refused)}
          >
            <Form.Item name="reason" label={t('end.reason')} rules={[{ required: true, whitespace: true }]}>
              <Input.TextArea maxLength={500} />
            </Form.Item>
            <Space>
              <Button type="primary" danger htmlType="submit" loading={decide.isPending}>
                {t('years.return')}
              </Button>
              <Button onClick={() => setReturning(false)}>{t('account.cancel')}</Button>
            </Space>
          </Form>
        </Modal>
      )}
    </div>
  );
}

type Fields = Pick<BodyOf<typeof declareNilYear>, 'reason' | 'documentNumber'>;

interface RequestProps {
  readonly contractId: string;
  readonly year: Year;
  readonly onEnd: () => void;
}

/** The entity says that a year had nothing to distribute, and why. */
function NilRequest({ contractId, year: { year, from }, onEnd }: RequestProps) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const declare = useCommand(declareNilYear, { onDone: onEnd });
  const send = ({ reason, documentNumber }: Fields) =>
    declare.mutate(
      { params: { contractId }, body: { year, from, reason, ...(documentNumber?.trim() && { documentNumber }) } },
      refused,
    );
  return (
    <Modal open title={t('years.nilOf', { year })} footer={null} onCancel={onEnd}>
      <p>{t('years.nilHint')}</p>
      <Form<Fields> layout="vertical" onFinish={send}>
        <Form.Item name="reason" label={t('end.reason')} rules={[{ required: true, whitespace: true, min: 5 }]}>
          <Input.TextArea maxLength={500} />
        </Form.Item>
        <Form.Item name="documentNumber" label={t('years.document')}>
          <Input maxLength={100} />
        </Form.Item>
        <Space>
          <Button type="primary" danger htmlType="submit" loading={declare.isPending}>
            {t('years.declareNil')}
          </Button>
          <Button onClick={onEnd}>{t('account.cancel')}</Button>
        </Space>
      </Form>
    </Modal>
  );
}
