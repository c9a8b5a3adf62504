import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  confirmReset,
  disableAccount,
  enableAccount,
  type listAccounts,
  resetPassword,
  unlockAccount,
  withdrawReset,
} from '@bangfu/contracts/gateway/accounts';
import { needsSecondToReset, ONE_TIME_HOURS } from '@bangfu/domain/shared/accounts';
import { useSession } from '@bangfu/ui/app-frame';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Facts, RecordSection } from '@bangfu/ui/record';
import { Alert, App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { ShownOnce } from '../shown-once.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import './accounts.css';

type Account = AnswerOf<typeof listAccounts>['rows'][number];
type OneTime = Pick<AnswerOf<typeof resetPassword>, 'oneTimePassword' | 'oneTimeUntil'>;

/** How an account can be used, and what an administrator does about it: disable and enable, reset, unlock. */
export function AccountLife({ account }: { readonly account: Account }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message, modal } = App.useApp();
  const isOwn = useSession().account.id === account.id;
  const params = { accountId: account.id };
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<OneTime | null>(null);
  const { name } = account;
  const reset = useCommand(resetPassword, {
    onDone: (made) => {
      if (made.oneTimePassword) setShown(made);
      else void message.success(t('life.resetProposed'));
    },
  });
  const unlock = useCommand(unlockAccount, { onDone: () => void message.success(t('life.unlocked')) });
  const own = isOwn ? t('life.own') : null;
  const isWeighty = needsSecondToReset([...account.grants, ...account.proposed]);
  const askReset = () =>
    void modal.confirm({
      title: t('life.resetOf', { name }),
      content: t(isWeighty ? 'life.resetProposeConsequence' : 'life.resetConsequence', { name, hours: ONE_TIME_HOURS }),
      okText: t('life.reset'),
      cancelText: t('life.notNow'),
      onOk: () => reset.mutate({ params, body: {} }, refused),
    });
  const actions = (
    <span className="account-form__next">
      <ReasonedButton
        size="small"
        reason={own}
        loading={unlock.isPending}
        onClick={() => unlock.mutate({ params, body: {} }, refused)}
      >
        {t('life.unlock')}
      </ReasonedButton>
      <ReasonedButton
        size="small"
        reason={own ?? (account.disabled ? t('life.enableFirst') : null)}
        loading={reset.isPending}
        onClick={askReset}
      >
        {t('life.reset')}
      </ReasonedButton>
      {!asking && (
        <ReasonedButton size="small" danger={!account.disabled} reason={own} onClick={() => setAsking(true)}>
          {t(account.disabled ? 'life.enable' : 'life.disable')}
        </ReasonedButton>
      )}
    </span>
  );
  return (
    <RecordSection id="facts" title={t('accounts.facts')} actions={actions}>
      {asking && <ReasonForm account={account} onEnd={() => setAsking(false)} />}
      {shown?.oneTimePassword && (
        <div className="given__form" role="status">
          <h3>{t('life.resetDone', { name })}</h3>
          <ShownOnce
            label={t('accounts.oneTime')}
            secret={shown.oneTimePassword}
            hint={t('accounts.oneTimeHint', { until: formatMoment(shown.oneTimeUntil ?? '') })}
            copy="accounts.copy"
            copied="accounts.copied"
          />
          <Button onClick={() => setShown(null)}>{t('life.close')}</Button>
        </div>
      )}
      <ProposedReset account={account} onDone={setShown} />
      <Facts
        facts={[
          { label: t('accounts.state'), value: t(`accounts.state.${account.state}`) },
          {
            label: t('accounts.lastSignIn'),
            value: account.lastSignInAt ? formatMoment(account.lastSignInAt) : t('accounts.never'),
          },
          { label: t('accounts.created'), value: formatMoment(account.createdAt) },
          ...(account.oneTimeUntil
            ? [{ label: t('accounts.oneTimeUntil'), value: formatMoment(account.oneTimeUntil) }]
            : []),
          ...(account.disabling
            ? [
                {
                  label: t('life.disabling'),
                  value: t('life.disabledBy', { by: account.disabling.by, at: formatMoment(account.disabling.at) }),
                },
                { label: t('life.reason'), value: account.disabling.reason },
              ]
            : []),
        ]}
      />
    </RecordSection>
  );
}

/** Asks why an account is disabled or enabled, and says what follows. */
function ReasonForm({ account, onEnd }: { readonly account: Account; readonly onEnd: () => void }) {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const { name, disabled } = account;
  const done = (text: TextKey) => () => {
    void message.success(t(text, { name }));
    onEnd();
  };
  const disable = useCommand(disableAccount, { onDone: done('life.disableDone') });
  const enable = useCommand(enableAccount, { onDone: done('life.enableDone') });
  const act = disabled ? enable : disable;
  return (
    <Form<{ reason: string }>
      className="given__form"
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      onFinish={({ reason }) => act.mutate({ params: { accountId: account.id }, body: { reason: reason.trim() } })}
    >
      {act.isError && <ProblemPanel problem={problemOf(act.error)} />}
      <p>{t(disabled ? 'life.enableConsequence' : 'life.disableConsequence', { name })}</p>
      <Form.Item
        name="reason"
        label={t('life.reason')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('life.reasonMissing') }]}
      >
        <Input autoFocus maxLength={200} placeholder={t(disabled ? 'life.enableHint' : 'life.disableHint')} />
      </Form.Item>
      <div className="account-form__next">
        <Button type="primary" danger={!disabled} htmlType="submit" loading={act.isPending}>
          {t(disabled ? 'life.enable' : 'life.disable')}
        </Button>
        <Button onClick={onEnd}>{t('life.notNow')}</Button>
      </div>
    </Form>
  );
}

/** A reset that waits for a second administrator; nothing where none waits. */
function ProposedReset({ account, onDone }: { readonly account: Account; readonly onDone: (made: OneTime) => void }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message } = App.useApp();
  const params = { accountId: account.id };
  const confirm = useCommand(confirmReset, { onDone });
  const withdraw = useCommand(withdrawReset, { onDone: () => void message.success(t('life.resetWithdrawn')) });
  if (!account.reset) return null;
  const { proposedBy, proposedAt, steps } = account.reset;
  return (
    <Alert
      className="account__waits"
      type="info"
      showIcon
      title={t('life.resetWaits', { name: proposedBy, at: formatMoment(proposedAt) })}
      description={
        <>
          <p>{t('life.resetWaitsHint')}</p>
          <span className="account-form__next">
            <ReasonedButton
              size="small"
              type="primary"
              reason={closedBy(steps, 'confirm')}
              loading={confirm.isPending}
              onClick={() => confirm.mutate({ params, body: {} }, refused)}
            >
              {t('life.resetConfirm')}
            </ReasonedButton>
            <ReasonedButton
              size="small"
              reason={closedBy(steps, 'withdraw')}
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ params }, refused)}
            >
              {t('life.resetWithdraw')}
            </ReasonedButton>
          </span>
        </>
      }
    />
  );
}
