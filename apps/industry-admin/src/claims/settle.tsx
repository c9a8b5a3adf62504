import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { type getClaim, proposeSettlement } from '@bangfu/contracts/industry/claims';
import { SETTLEMENT_KINDS, type SettlementKind } from '@bangfu/domain/industry/claim';
import { DateField } from '@bangfu/ui/date-field';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Form, Input, Radio, Select } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { fenOf, useYuanRule } from '../yuan-rule.ts';

export type OpenClaim = AnswerOf<typeof getClaim>;

interface Fields {
  readonly kind: SettlementKind;
  readonly amount: string;
  readonly settledOn?: string;
  readonly reference?: string;
  readonly lineId?: string;
  readonly reason: string;
}

/** Notes that money came back, or that it is set off against what the household gets; another person decides. */
export function Settle({ claim }: { readonly claim: OpenClaim }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const yuan = useYuanRule(1);
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('kind', form) ?? 'cash';
  const propose = useCommand(proposeSettlement, { onDone: () => form.resetFields() });
  const send = ({ amount, ...rest }: Fields) =>
    propose.mutate({ params: { claimId: claim.id }, body: { ...rest, amountFen: fenOf(amount) } }, refused);
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      initialValues={{ kind: 'cash', amount: formatMoney(claim.outstandingFen) }}
      onFinish={send}
    >
      <Form.Item name="kind" label={t('claim.how')}>
        <Radio.Group options={SETTLEMENT_KINDS.map((value) => ({ value, label: t(`claim.kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="amount" label={t('amount')} rules={[{ required: true }, yuan]}>
        <Input inputMode="decimal" />
      </Form.Item>
      {kind === 'set-off' ? (
        <Form.Item name="lineId" label={t('claim.line')} rules={[{ required: true }]} extra={t('claim.lineHint')}>
          <Select
            options={claim.lines.map(({ id, year, contractNumber, payableFen }) => ({
              value: id,
              label: `${year} ${contractNumber} ${formatMoney(payableFen)}`,
            }))}
            notFoundContent={t('claim.noLine')}
          />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="settledOn" label={t('claim.settledOn')} rules={[{ required: true }]}>
            <DateField label={t('claim.settledOn')} />
          </Form.Item>
          <Form.Item name="reference" label={t('claim.reference')} rules={[{ required: true }]}>
            <Input maxLength={100} />
          </Form.Item>
        </>
      )}
      <Form.Item name="reason" label={t('claim.words')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={500} />
      </Form.Item>
      <ReasonedButton
        type="primary"
        htmlType="submit"
        reason={closedBy(claim.steps, 'settle')}
        loading={propose.isPending}
      >
        {t('claim.propose')}
      </ReasonedButton>
    </Form>
  );
}
