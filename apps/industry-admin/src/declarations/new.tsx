import { listContracts } from '@bangfu/contracts/industry/contracts';
import { declareDividend } from '@bangfu/contracts/industry/declarations';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { fenOf, useYuanRule } from '../yuan-rule.ts';

interface Fields {
  readonly contractId: string;
  readonly year: number;
  readonly days?: number | null;
  readonly profit: string;
}

/** The entity declares a year's dividend; the platform computes every household's line. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const refused = useRefused();
  const [asked] = useSearchParams();
  const contracts = useOperation(listContracts, { query: { state: 'in-force', limit: 500 } });
  const declare = useCommand(declareDividend, { onDone: (made) => navigate(`/declarations/${made.id}`) });
  const yuan = useYuanRule(0);
  const required = [{ required: true }];
  return (
    <Page title={t('declaration.new')} subtitle={t('declaration.subtitle')}>
      <Form<Fields>
        layout="vertical"
        className="bf-surface bf-form"
        initialValues={{
          contractId: asked.get('contract') ?? undefined,
          year: Number(businessDayOf(new Date()).slice(0, 4)) - 1,
          profit: '0',
        }}
        onFinish={({ profit, days, ...given }) =>
          declare.mutate({ body: { ...given, ...(days ? { days } : {}), distributableFen: fenOf(profit) } }, refused)
        }
      >
        <Form.Item name="contractId" label={t('declaration.contract')} rules={required}>
          <Select
            loading={contracts.isPending}
            options={(contracts.data?.rows ?? []).map((c) => ({ value: c.id, label: `${c.number} ${c.entityName}` }))}
          />
        </Form.Item>
        <Form.Item name="year" label={t('year')} rules={required}>
          <InputNumber min={2014} max={2100} precision={0} />
        </Form.Item>
        <Form.Item name="days" label={t('declaration.days')} extra={t('declaration.daysHint')}>
          <InputNumber min={1} max={366} precision={0} />
        </Form.Item>
        <Form.Item name="profit" label={t('declaration.profit')} rules={[...required, yuan]}>
          <Input inputMode="decimal" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={declare.isPending}>
          {t('declaration.new')}
        </Button>
      </Form>
    </Page>
  );
}
