import { applyPlan, approvePlan, discardPlan, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { type BusinessDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Button, Space } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

/** The next steps of a plan for whoever may take them, with their consequence in numbers. */
export function PlanActions({ plan }: { readonly plan: PairingPlan }) {
  const t = useText<TextKey>();

  const [from, setFrom] = useState<BusinessDay | null>(usePlatformDay());
  const approve = useCommand(approvePlan);
  const discard = useCommand(discardPlan);
  const apply = useCommand(applyPlan);
  const mayApprove = useMay(approvePlan);
  const mayDiscard = useMay(discardPlan);
  const mayApply = useMay(applyPlan);
  const params = { planId: plan.id };
  const body = { version: plan.version };
  const refused = useRefused();
  const count = formatNumber((plan.figures?.added ?? 0) + (plan.figures?.moved ?? 0));
  return (
    <Space wrap>
      {plan.state === 'draft' && mayApprove && (
        <ReasonedButton
          type="primary"
          reason={plan.mine ? t('plan.own') : null}
          loading={approve.isPending}
          onClick={() => approve.mutate({ params, body }, refused)}
        >
          {t('plan.approve', { count })}
        </ReasonedButton>
      )}
      {plan.state === 'approved' && mayApply && (
        <>
          <DateField label={t('plan.applyFrom')} value={from} onChange={setFrom} />
          <Button
            type="primary"
            loading={apply.isPending}
            onClick={() => from && apply.mutate({ params, body: { ...body, from } }, refused)}
          >
            {t('plan.apply', { count })}
          </Button>
        </>
      )}
      {['draft', 'approved', 'failed'].includes(plan.state) && mayDiscard && (
        <Button loading={discard.isPending} onClick={() => discard.mutate({ params, body }, refused)}>
          {t('plan.discard')}
        </Button>
      )}
    </Space>
  );
}
