import { CheckCircleFilled } from '@ant-design/icons';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { createAccount } from '@bangfu/contracts/gateway/accounts';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Button, Form, Input } from 'antd';
import { ShownOnce } from '../shown-once.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import { GrantFields } from './grant-fields.tsx';
import { type GrantEntry, grantOf } from './grant-form.ts';
import './accounts.css';

interface Entry extends Partial<GrantEntry> {
  readonly name: string;
  readonly username: string;
}

const USERNAME = /^[a-z][a-z0-9._-]{1,58}[a-z0-9]$/;

/** A new account with its first grant; afterwards its one-time password, once. */
export function Component() {
  const t = useText<TextKey>();
  const create = useCommand(createAccount);
  const submit = ({ name, username, role, ...rest }: Entry) => {
    const grants = role ? [grantOf({ role, ...rest })] : [];
    create.mutate({ body: { name: name.trim(), username, grants } });
  };
  return (
    <Page title={t('accounts.new')} subtitle={t('accounts.newSubtitle')} help={t('accounts.help')}>
      <div className="bf-surface account-form">
        {create.data ? (
          <Made made={create.data} onAnother={create.reset} />
        ) : (
          <>
            {create.isError && <ProblemPanel problem={problemOf(create.error)} />}
            <AccountForm busy={create.isPending} onSubmit={submit} />
          </>
        )}
      </div>
    </Page>
  );
}

function AccountForm({ busy, onSubmit }: { readonly busy: boolean; readonly onSubmit: (entry: Entry) => void }) {
  const t = useText<TextKey>();
  const [form] = Form.useForm<Entry>();
  const role = Form.useWatch('role', form);
  return (
    <Form<Entry>
      form={form}
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      onFinish={onSubmit}
      scrollToFirstError
    >
      <h2>{t('accounts.who')}</h2>
      <Form.Item
        name="name"
        label={t('accounts.name')}
        rules={[{ required: true, whitespace: true, message: t('accounts.nameMissing') }]}
      >
        <Input autoFocus maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="username"
        label={t('accounts.username')}
        extra={t('accounts.usernameHint')}
        rules={[{ required: true, pattern: USERNAME, message: t('accounts.usernameWrong') }]}
      >
        <Input maxLength={60} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <h2>{t('accounts.firstGrant')}</h2>
      <p className="account-form__hint">{t('accounts.firstGrantHint')}</p>
      <GrantFields role={role} optional />
      <p className="account-form__hint">{t('accounts.createConsequence')}</p>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('accounts.create')}
      </Button>
    </Form>
  );
}

interface MadeProps {
  readonly made: AnswerOf<typeof createAccount>;
  readonly onAnother: () => void;
}

function Made({ made, onAnother }: MadeProps) {
  const t = useText<TextKey>();
  const { oneTimePassword: password, oneTimeUntil, username, proposed } = made;
  return (
    <div role="status">
      <h2>
        <CheckCircleFilled className="account-form__done" aria-hidden="true" /> {t('accounts.made', { username })}
      </h2>
      {password && (
        <ShownOnce
          label={t('accounts.oneTime')}
          secret={password}
          hint={t('accounts.oneTimeHint', { until: formatMoment(oneTimeUntil ?? '') })}
          copy="accounts.copy"
          copied="accounts.copied"
        />
      )}
      {proposed > 0 && <p role="status">{t('grant.proposed')}</p>}
      <div className="account-form__next">
        <LinkButton type="primary" to={`/accounts/of/${encodeURIComponent(username)}`}>
          {t('accounts.toAccount')}
        </LinkButton>
        <Button onClick={onAnother}>{t('accounts.another')}</Button>
      </div>
    </div>
  );
}
