import { listContracts } from '@bangfu/contracts/industry/contracts';
import { declareDividend, listDividendYears } from '@bangfu/contracts/industry/declarations';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Alert, Form, Input, InputNumber, Select } from 'antd';
import { useEffect } from 'react';
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
  const [form] = Form.useForm<Fields>();
  const contractId = Form.useWatch('contractId', form);
  const contracts = useOperation(listContracts, { query: { state: 'in-force', limit: 500 } });
  const found = useOperation(
    listDividendYears,
    { params: { contractId: contractId ?? '' } },
    { enabled: Boolean(contractId) },
  );
  const years = contractId && !found.isPlaceholderData ? found.data?.rows : undefined;
  const latest = years?.findLast(({ open }) => open)?.year;
  // The latest year that can be declared is the one that is meant as a rule.
  useEffect(() => {
    if (latest === undefined) form.resetFields(['year']);
    else form.setFieldsValue({ year: latest });
  }, [form, latest]);
  const declare = useCommand(declareDividend, { onDone: (made) => navigate(`/declarations/${made.id}`) });
  const yuan = useYuanRule(0);
  const required = [{ required: true }];
  const none = years !== undefined && latest === undefined;
  return (
    <Page title={t('declaration.new')} subtitle={t('declaration.subtitle')}>
      <Form<Fields>
        form={form}
        layout="vertical"
        className="bf-surface bf-form"
        initialValues={{ contractId: asked.get('contract') ?? undefined, profit: '0' }}
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
        {none && (
          <Alert
            type="info"
            showIcon
            title={t('declaration.noYear')}
            description={years.map(({ year, reason }) => <p key={year}>{`${year}：${reason?.message ?? ''}`}</p>)}
          />
        )}
        <Form.Item name="year" label={t('year')} rules={required}>
          <Select
            disabled={!years}
            options={(years ?? []).map(({ year, open, reason }) => ({
              value: year,
              disabled: !open,
              label: reason ? `${year}（${reason.message}）` : String(year),
            }))}
          />
        </Form.Item>
        <Form.Item name="days" label={t('declaration.days')} extra={t('declaration.daysHint')}>
          <InputNumber min={1} max={366} precision={0} />
        </Form.Item>
        <Form.Item name="profit" label={t('declaration.profit')} rules={[...required, yuan]}>
          <Input inputMode="decimal" />
        </Form.Item>
        <ReasonedButton
          type="primary"
          htmlType="submit"
          reason={none ? t('declaration.noYear') : contractId && !years ? t('declaration.yearsLoading') : null}
          loading={declare.isPending}
        >
          {t('declaration.new')}
        </ReasonedButton>
      </Form>
    </Page>
  );
}
