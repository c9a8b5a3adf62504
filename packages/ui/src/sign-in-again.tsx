import { rememberCsrf } from '@bangfu/contracts/core/browser';
import { type Session, signIn } from '@bangfu/contracts/gateway/session';
import { Button, Form, Input, Modal } from 'antd';
import { problemOf, useCommand } from './lib/data.ts';
import { useUiText } from './lib/i18n.ts';
import { noteSignedIn } from './lib/session-end.ts';
import './sign-in.css';

interface SignInAgainProps {
  /** Who was at this page; only he goes on with what is on it. */
  readonly account: Session['account'];
  readonly onOther: () => void;
}

/** Above every panel and dialog of a page. */
const ON_TOP = 2_000;

/** Asks for the password over the page whose sign-in has ended; what was typed on the page stays as it is. */
export function SignInAgain({ account, onOther }: SignInAgainProps) {
  const t = useUiText();
  const begin = useCommand(signIn, {
    refresh: async () => undefined,
    onDone: (session) => {
      rememberCsrf(session.csrf);
      noteSignedIn();
    },
  });
  const problem = begin.isError ? problemOf(begin.error) : null;
  return (
    <Modal
      open
      title={t('signIn.again')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={null}
      width={400}
      zIndex={ON_TOP}
    >
      <p>{t('signIn.againHint', { name: account.name })}</p>
      {problem && (
        <div className="bf-sign-in__refused" role="alert">
          <strong>{problem.title}</strong>
          {problem.detail && problem.detail !== problem.title && <span>{problem.detail}</span>}
        </div>
      )}
      <Form<{ password: string }>
        layout="vertical"
        onFinish={({ password }) => begin.mutate({ body: { username: account.username, password } })}
      >
        <input type="hidden" autoComplete="username" value={account.username} readOnly />
        <Form.Item
          name="password"
          label={t('signIn.password')}
          rules={[{ required: true, message: t('signIn.passwordMissing') }]}
        >
          <Input.Password size="large" autoComplete="current-password" autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={begin.isPending}>
          {t('signIn.goOn')}
        </Button>
      </Form>
      <Button type="link" block className="bf-sign-in__other" onClick={onOther}>
        {t('signIn.other')}
      </Button>
    </Modal>
  );
}
