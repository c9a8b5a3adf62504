import { rememberCsrf } from '@bangfu/contracts/core/browser';
import { changePassword, getSession, type Session, signOut } from '@bangfu/contracts/gateway/session';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { App, Button, Checkbox, Form, Input } from 'antd';
import { useEffect } from 'react';
import { nextPath } from '../sign-in/next.ts';
import type { TextKey } from '../texts.zh-CN.ts';
import { passwordFault } from './rules.ts';
import './password.css';

interface Entered {
  readonly current: string;
  readonly next: string;
  readonly repeat: string;
  readonly keepKeys?: boolean;
}

const leave = (path: string) => window.location.assign(path);

/** One's own password; alone on its page, because at the first sign-in nothing else is open yet. */
export function Component() {
  const session = useOperation(getSession);
  useEffect(() => {
    if (session.data) rememberCsrf(session.data.csrf);
  }, [session.data]);
  if (session.isError && !session.data) {
    const problem = problemOf(session.error);
    if (problem.status === 401) leave('/sign-in?next=/');
    return <ProblemPanel problem={problem} onRetry={() => void session.refetch()} />;
  }
  return session.data ? <PasswordPage session={session.data} /> : <Loading />;
}

function PasswordPage({ session }: { readonly session: Session }) {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const isFirst = session.mustChangePassword;
  const next = nextPath(window.location.search, window.location.origin);
  const unchanged = { refresh: async () => undefined };
  const change = useCommand(changePassword, {
    ...unchanged,
    onDone: () => {
      void message.success(t('password.done'));
      leave(next);
    },
  });
  const end = useCommand(signOut, { ...unchanged, onDone: () => leave('/sign-in') });
  const title = t(isFirst ? 'password.first' : 'password.title');
  useEffect(() => {
    document.title = title;
  }, [title]);
  const refused = change.error ?? end.error;
  return (
    <main className="password">
      <section className="password__card bf-surface" aria-labelledby="password-title">
        <p className="password__who">
          {session.account.name}（{session.account.username}）
        </p>
        <h1 id="password-title">{title}</h1>
        {isFirst && <p className="password__hint">{t('password.firstHint')}</p>}
        {refused && <ProblemPanel problem={problemOf(refused)} />}
        <PasswordForm
          session={session}
          busy={change.isPending || change.isSuccess}
          onSubmit={({ current, next: chosen, keepKeys = false }) =>
            change.mutate({ body: { current, next: chosen, keepKeys } })
          }
        />
        {isFirst ? (
          <Button block size="large" onClick={() => end.mutate({})} loading={end.isPending}>
            {t('password.signOut')}
          </Button>
        ) : (
          <Button block size="large" onClick={() => leave(next)}>
            {t('password.back')}
          </Button>
        )}
      </section>
      {!isFirst && (
        <section className="password__card bf-surface" aria-labelledby="everywhere-title">
          <h2 id="everywhere-title">{t('password.everywhere')}</h2>
          <p className="password__hint">{t('password.everywhereHint')}</p>
          <Button block href="/sign-ins">
            {t('signIns.title')}
          </Button>
        </section>
      )}
    </main>
  );
}

interface PasswordFormProps {
  readonly session: Session;
  readonly busy: boolean;
  readonly onSubmit: (entered: Entered) => void;
}

function PasswordForm({ session, busy, onSubmit }: PasswordFormProps) {
  const t = useText<TextKey>();
  const [form] = Form.useForm<Entered>();
  const { username } = session.account;
  const currentLabel = t(session.mustChangePassword ? 'password.currentFirst' : 'password.current');
  const checkNext = async (_rule: unknown, value: string = '') => {
    const fault = passwordFault(value, { username, current: String(form.getFieldValue('current') ?? '') });
    if (fault) throw new Error(t(fault));
  };
  const checkRepeat = async (_rule: unknown, value: string = '') => {
    if (value !== form.getFieldValue('next')) throw new Error(t('password.differs'));
  };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      size="large"
      onFinish={onSubmit}
      validateTrigger="onBlur"
    >
      <input
        type="text"
        className="bf-hidden"
        autoComplete="username"
        value={username}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Form.Item
        name="current"
        label={currentLabel}
        rules={[{ required: true, message: t('password.missing', { field: currentLabel }) }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Form.Item name="next" label={t('password.next')} extra={t('password.rule')} rules={[{ validator: checkNext }]}>
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item name="repeat" label={t('password.repeat')} rules={[{ validator: checkRepeat }]}>
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      {!session.mustChangePassword && (
        <Form.Item name="keepKeys" valuePropName="checked" extra={t('password.keepKeysHint')}>
          <Checkbox>{t('password.keepKeys')}</Checkbox>
        </Form.Item>
      )}
      <p className="password__hint">{t('password.consequence')}</p>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('password.submit')}
      </Button>
    </Form>
  );
}
