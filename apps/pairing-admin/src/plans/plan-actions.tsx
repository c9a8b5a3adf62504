import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  applyPlan,
  approvePlan,
  discardPlan,
  type getPlan,
  movePlan,
  withdrawPlan,
} from '@bangfu/contracts/pairing/plans';
import { type BusinessDay, readDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Space } from 'antd';
import { useState } from 'react';
import { ReverseButton } from '../reverse-button.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

/** The next steps of a plan as the service offers them, with their consequence in numbers. */
export function PlanActions({ plan }: { readonly plan: AnswerOf<typeof getPlan> }) {
  const t = useText<TextKey>();
  const today = usePlatformDay();
  const earliest = readDay(plan.earliest ?? '') ?? today;
  const [chosen, setChosen] = useState<BusinessDay | null>();
  const from = chosen === undefined ? earliest : chosen;
  const approve = useCommand(approvePlan);
  const discard = useCommand(discardPlan);
  const apply = useCommand(applyPlan);
  const withdraw = useCommand(withdrawPlan);
  const move = useCommand(movePlan);
  const { steps } = plan;
  const params = { planId: plan.id };
  const body = { version: plan.version };
  const refused = useRefused();
  const count = formatNumber((plan.figures?.added ?? 0) + (plan.figures?.moved ?? 0));
  return (
    <Space wrap>
      {isShown(steps, 'approve', 'PLAN_NOT_DRAFT') && (
        <ReasonedButton
          type="primary"
          reason={closedBy(steps, 'approve')}
          loading={approve.isPending}
          onClick={() => approve.mutate({ params, body }, refused)}
        >
          {t('plan.approve', { count })}
        </ReasonedButton>
      )}
      {isShown(steps, 'apply', 'PLAN_NOT_APPROVED') && (
        <>
          <DateField label={t('plan.applyFrom')} value={from} onChange={setChosen} min={earliest} />
          <ReasonedButton
            type="primary"
            reason={closedBy(steps, 'apply')}
            loading={apply.isPending}
            onClick={() => from && apply.mutate({ params, body: { ...body, from } }, refused)}
          >
            {t('plan.apply', { count })}
          </ReasonedButton>
        </>
      )}
      {plan.state === 'applied' && plan.appliedFrom !== null && plan.appliedFrom > today && (
        <>
          <ReverseButton
            title={t('plan.move')}
            warning={t('plan.moveWarning', { day: plan.appliedFrom, count })}
            closed={closedBy(steps, 'move')}
            earliest={earliest}
            command={{
              isPending: move.isPending,
              error: move.error,
              run: (reversal, onSuccess) => move.mutate({ params, body: { ...body, ...reversal } }, { onSuccess }),
            }}
          />
          <ReverseButton
            title={t('plan.withdraw')}
            warning={t('plan.withdrawWarning', { day: plan.appliedFrom, count })}
            closed={closedBy(steps, 'withdraw')}
            command={{
              isPending: withdraw.isPending,
              error: withdraw.error,
              run: ({ reason }, onSuccess) => withdraw.mutate({ params, body: { ...body, reason } }, { onSuccess }),
            }}
          />
        </>
      )}
      {isShown(steps, 'discard', 'PLAN_ENDED') && (
        <ReasonedButton
          reason={closedBy(steps, 'discard')}
          loading={discard.isPending}
          onClick={() => discard.mutate({ params, body }, refused)}
        >
          {t('plan.discard')}
        </ReasonedButton>
      )}
    </Space>
  );
}
