import { Button, Form, Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { changeLanguage, useLanguage, useUiText } from './lib/i18n.ts';
import type { Problem } from './lib/problem.ts';
import './sign-in.css';

export interface Credentials {
  readonly account: string;
  readonly password: string;
  readonly code?: string;
}

interface SignInProps {
  readonly county: string;
  readonly busy: boolean;
  /** Why the last attempt was refused. */
  readonly problem?: Problem | null;
  /** The account has a second factor and its code is asked for. */
  readonly needsCode?: boolean;
  /** The county's own single sign-on, when it has one. */
  readonly singleSignOn?: { readonly label: string; readonly href: string };
  readonly onSubmit: (credentials: Credentials) => void;
}

/** The sign-in page: user name, password, a clear reason when refused, a hint when Caps Lock is on. */
export function SignIn({ county, busy, problem, needsCode = false, singleSignOn, onSubmit }: SignInProps) {
  const t = useUiText();
  const language = useLanguage();
  const [capsLock, setCapsLock] = useState(false);
  const watchCaps = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <main className="bf-sign-in">
      <section className="bf-sign-in__card bf-surface" aria-labelledby="sign-in-title">
        <p className="bf-sign-in__county">{county}</p>
        <h1 id="sign-in-title" className="bf-sign-in__title">
          {t('product.name')}
        </h1>
        {problem && (
          <div className="bf-sign-in__refused" role="alert">
            <strong>{problem.title}</strong>
            {problem.detail && problem.detail !== problem.title && <span>{problem.detail}</span>}
          </div>
        )}
        <Form<Credentials> layout="vertical" requiredMark={false} size="large" onFinish={onSubmit}>
          <Form.Item
            name="account"
            label={t('signIn.account')}
            rules={[{ required: true, whitespace: true, message: t('signIn.accountMissing') }]}
          >
            <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, message: t('signIn.passwordMissing') }]}
            {...(capsLock && { extra: <span role="status">{t('signIn.capsLock')}</span> })}
          >
            <Input.Password autoComplete="current-password" onKeyDown={watchCaps} onKeyUp={watchCaps} />
          </Form.Item>
          {needsCode && (
            <Form.Item
              name="code"
              label={t('signIn.code')}
              rules={[{ required: true, pattern: /^\d{6}$/, message: t('signIn.codeMissing') }]}
            >
              <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" block loading={busy}>
            {t('signIn.submit')}
          </Button>
        </Form>
        {singleSignOn && (
          <Button className="bf-sign-in__single" size="large" block href={singleSignOn.href}>
            {singleSignOn.label || t('signIn.single')}
          </Button>
        )}
        <p className="bf-sign-in__help">{t('signIn.help')}</p>
        <p className="bf-sign-in__help">
          <a href="/public">{t('signIn.public')}</a>
        </p>
      </section>
      <Button type="link" onClick={() => changeLanguage(language === 'zh-CN' ? 'en' : 'zh-CN')}>
        {t('shell.languageName')}
      </Button>
    </main>
  );
}
