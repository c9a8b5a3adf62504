import { draftContract } from '@bangfu/contracts/industry/contracts';
import { DIVIDEND_YEARS, type DividendYear } from '@bangfu/domain/industry/dividend-period';
import { listEntities } from '@bangfu/contracts/industry/entities';
import { DateField } from '@bangfu/ui/date-field';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

interface Fields {
  readonly entityId: string;
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly guaranteed: number;
  readonly profitShare: number;
  readonly dividendYear: DividendYear;
}

const toBasisPoints = (percent: number) => Math.round(percent * 100);

/** Drafts a share contract; the list of households follows on its page. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const refused = useRefused();
  const entities = useOperation(listEntities, { query: { state: 'active', limit: 500 } });
  const draft = useCommand(draftContract, { onDone: (contract) => navigate(`/contracts/${contract.id}`) });
  const required = [{ required: true }];
  return (
    <Page title={t('contract.new')}>
      <Form<Fields>
        layout="vertical"
        className="bf-surface bf-form"
        initialValues={{ guaranteed: 6, profitShare: 0, dividendYear: 'calendar' }}
        onFinish={({ guaranteed, profitShare, ...given }) =>
          draft.mutate(
            { body: { ...given, guaranteedBp: toBasisPoints(guaranteed), profitShareBp: toBasisPoints(profitShare) } },
            refused,
          )
        }
      >
        <Form.Item name="entityId" label={t('contract.entity')} rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={entities.isPending}
            options={(entities.data?.rows ?? []).map((e) => ({ value: e.id, label: e.name }))}
          />
        </Form.Item>
        <Form.Item name="number" label={t('contract.number')} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="from" label={t('contract.from')} rules={required}>
          <DateField label={t('contract.from')} />
        </Form.Item>
        <Form.Item name="to" label={t('contract.to')} rules={required}>
          <DateField label={t('contract.to')} />
        </Form.Item>
        <Form.Item name="dividendYear" label={t('contract.dividendYear')} rules={required}>
          <Select options={DIVIDEND_YEARS.map((value) => ({ value, label: t(`contract.dividendYear.${value}`) }))} />
        </Form.Item>
        <Form.Item name="guaranteed" label={t('contract.guaranteed')} rules={required}>
          <InputNumber min={0} max={100} precision={2} />
        </Form.Item>
        <Form.Item name="profitShare" label={t('contract.profitShare')} rules={required}>
          <InputNumber min={0} max={100} precision={2} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={draft.isPending}>
          {t('contract.new')}
        </Button>
      </Form>
    </Page>
  );
}
