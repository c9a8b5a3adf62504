import { PlusOutlined } from '@ant-design/icons';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { giveGrant, listAccounts, withdrawGrant } from '@bangfu/contracts/gateway/accounts';
import { needsSecond } from '@bangfu/domain/shared/grants';
import { useSession } from '@bangfu/ui/app-frame';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { RecordHeader, RecordSection } from '@bangfu/ui/record';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty, Loading, Missing } from '@bangfu/ui/states';
import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { AccountLife } from './account-life.tsx';
import { AccountSignIns } from './account-sign-ins.tsx';
import { useBoundName } from './bound-scope.tsx';
import { GrantFields } from './grant-fields.tsx';
import { type GrantEntry, grantOf } from './grant-form.ts';
import { useGrantWords } from './grant-words.ts';
import { ProposedGrants } from './proposed-grants.tsx';
import './accounts.css';

type Account = AnswerOf<typeof listAccounts>['rows'][number];
type GivenGrant = Account['grants'][number];

/** One account: who, how it can be used, its grants, and what it is signed in by. */
export function Component() {
  const { username = '' } = useParams();
  const found = useOperation(listAccounts, { query: { search: username, limit: 500 } });
  if (found.data && !found.isPlaceholderData) {
    const account = found.data.rows.find((row) => row.username === username);
    return account ? <AccountPage account={account} /> : <Missing />;
  }
  if (found.isError) return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  return <Loading />;
}

function AccountPage({ account }: { readonly account: Account }) {
  const t = useText<TextKey>();
  const [adding, setAdding] = useState(false);
  const isOwn = useSession().account.id === account.id;
  const add = !adding && (
    <ReasonedButton
      type="primary"
      icon={<PlusOutlined />}
      reason={isOwn ? t('grant.toOneself') : null}
      onClick={() => setAdding(true)}
    >
      {t('grant.add')}
    </ReasonedButton>
  );
  return (
    <div className="account">
      <RecordHeader name={account.name} number={account.username} place={t('accounts.account')} />
      <AccountLife account={account} />
      <RecordSection id="grants" title={t('grant.title')} actions={add}>
        {adding && <GiveGrant account={account} onEnd={() => setAdding(false)} />}
        <ProposedGrants accountId={account.id} />
        {account.grants.length + account.proposed.length === 0 && !adding && (
          <Empty title={t('grant.none')} hint={t('grant.noneHint')} small />
        )}
        <ul className="given">
          {account.grants.map((grant) => (
            <GrantLine key={grant.id} account={account} grant={grant} />
          ))}
        </ul>
      </RecordSection>
      {!isOwn && <AccountSignIns id={account.id} name={account.name} />}
    </div>
  );
}

function GrantLine({ account, grant }: { readonly account: Account; readonly grant: GivenGrant }) {
  const t = useText<TextKey>();
  const words = useGrantWords();
  const scope = words.scope(grant.scope, useBoundName(grant.scope));
  const { notification } = App.useApp();
  const [asking, setAsking] = useState(false);
  const giveAgain = useCommand(giveGrant);
  const withdraw = useCommand(withdrawGrant, {
    onDone: () => {
      const { id: _withdrawn, ...same } = grant;
      const again = () => {
        notification.destroy(grant.id);
        giveAgain.mutate({ params: { accountId: account.id }, body: same });
      };
      notification.success({
        key: grant.id,
        // Whoever needs longer to read must still find the way back.
        duration: false,
        title: t('grant.withdrawn'),
        description: `${words.role(grant)} · ${scope}`,
        actions: (
          <Button size="small" onClick={again}>
            {t('grant.undo')}
          </Button>
        ),
      });
    },
  });
  const told = { name: account.name, role: words.role(grant), scope };
  return (
    <li className="given__one">
      <div className="given__line">
        <strong>{told.role}</strong>
        <span>{told.scope}</span>
        <span className="given__time">{words.time(grant)}</span>
        {!asking && (
          <Button
            size="small"
            aria-label={`${t('grant.withdrawOf', { role: told.role })} ${told.scope}`}
            onClick={() => setAsking(true)}
          >
            {t('grant.withdraw')}
          </Button>
        )}
      </div>
      {asking && (
        <div className="given__consequence" role="group" aria-label={t('grant.withdraw')}>
          <p>{t(account.grants.length === 1 ? 'grant.withdrawLast' : 'grant.withdrawConsequence', told)}</p>
          {withdraw.isError && <ProblemPanel problem={problemOf(withdraw.error)} />}
          <Button
            danger
            type="primary"
            autoFocus
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ params: { accountId: account.id, grantId: grant.id } })}
          >
            {t('grant.withdraw')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('grant.keep')}</Button>
        </div>
      )}
    </li>
  );
}

function GiveGrant({ account, onEnd }: { readonly account: Account; readonly onEnd: () => void }) {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const [form] = Form.useForm<GrantEntry>();
  const role = Form.useWatch('role', form);
  const give = useCommand(giveGrant, {
    onDone: ({ proposed }) => {
      void message.success(t(proposed > 0 ? 'grant.proposed' : 'grant.given'));
      onEnd();
    },
  });
  return (
    <Form<GrantEntry>
      className="given__form"
      form={form}
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      onFinish={(entry) => give.mutate({ params: { accountId: account.id }, body: grantOf(entry) })}
    >
      {give.isError && <ProblemPanel problem={problemOf(give.error)} />}
      <GrantFields role={role} />
      {role && (
        <p className="account-form__hint">
          {t(needsSecond(role) ? 'grant.proposeConsequence' : 'grant.giveConsequence', {
            name: account.name,
            role: t(`role.${role}`),
          })}
        </p>
      )}
      <div className="account-form__next">
        <Button type="primary" htmlType="submit" loading={give.isPending}>
          {t('grant.give', { name: account.name })}
        </Button>
        <Button onClick={onEnd}>{t('grant.notNow')}</Button>
      </div>
    </Form>
  );
}
