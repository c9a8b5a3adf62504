import { listContracts } from '@bangfu/contracts/industry/contracts';
import { declareDividend, listDividendYears } from '@bangfu/contracts/industry/declarations';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Alert, Form, Input, Select } from 'antd';
import { useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { fenOf, useYuanRule } from '../yuan-rule.ts';

interface Fields {
  readonly contractId: string;
  /** The first day of the dividend year. */
  readonly period: string;
  readonly profit: string;
}

/** The entity declares a dividend year; the platform computes every household's line. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const refused = useRefused();
  const [asked] = useSearchParams();
  const [form] = Form.useForm<Fields>();
  const contractId = Form.useWatch('contractId', form);
  const contracts = useOperation(listContracts, { query: { state: 'signed', limit: 500 } });
  const found = useOperation(
    listDividendYears,
    { params: { contractId: contractId ?? '' } },
    { enabled: Boolean(contractId) },
  );
  const periods = contractId && !found.isPlaceholderData ? found.data?.rows : undefined;
  const latest = periods?.findLast(({ open }) => open)?.from;
  // The latest that can be declared is the one that is meant as a rule.
  useEffect(() => {
    if (latest === undefined) form.resetFields(['period']);
    else form.setFieldsValue({ period: latest });
  }, [form, latest]);
  const declare = useCommand(declareDividend, { onDone: (made) => navigate(`/declarations/${made.id}`) });
  const yuan = useYuanRule(0);
  const required = [{ required: true }];
  const none = periods !== undefined && latest === undefined;
  const declareOne = ({ period, profit, ...given }: Fields) => {
    const chosen = periods?.find(({ from }) => from === period);
    if (!chosen) return;
    const { year, from } = chosen;
    declare.mutate({ body: { ...given, year, from, distributableFen: fenOf(profit) } }, refused);
  };
  return (
    <Page title={t('declaration.new')} subtitle={t('declaration.subtitle')}>
      <Form<Fields>
        form={form}
        layout="vertical"
        className="bf-surface bf-form"
        initialValues={{ contractId: asked.get('contract') ?? undefined, profit: '0' }}
        onFinish={declareOne}
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
            description={periods.map(({ from, to, reason }) => (
              <p key={from}>{`${from} – ${to}：${reason?.message ?? ''}`}</p>
            ))}
          />
        )}
        <Form.Item name="period" label={t('declaration.period')} extra={t('declaration.periodHint')} rules={required}>
          <Select
            disabled={!periods}
            options={(periods ?? []).map(({ year, from, to, open, reason }) => ({
              value: from,
              disabled: !open,
              label: `${year}（${from} – ${to}${reason ? `，${reason.message}` : ''}）`,
            }))}
          />
        </Form.Item>
        <Form.Item name="profit" label={t('declaration.profit')} rules={[...required, yuan]}>
          <Input inputMode="decimal" />
        </Form.Item>
        <ReasonedButton
          type="primary"
          htmlType="submit"
          reason={none ? t('declaration.noYear') : contractId && !periods ? t('declaration.yearsLoading') : null}
          loading={declare.isPending}
        >
          {t('declaration.new')}
        </ReasonedButton>
      </Form>
    </Page>
  );
}
