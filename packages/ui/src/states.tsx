import { DisconnectOutlined, FileSearchOutlined, InboxOutlined, LockOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useUiText } from './lib/i18n.ts';
import './states.css';

interface StateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly hint?: ReactNode;
  /** What to do now. */
  readonly actions?: ReactNode;
  readonly small?: boolean;
  /** It stands in place of a whole page, and is its heading. */
  readonly isPage?: boolean;
}

function State({ icon, title, hint, actions, small = false, isPage = false }: StateProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={small ? 'bf-state bf-state--small' : 'bf-state'}>
      <span className="bf-state__icon" aria-hidden="true">
        {icon}
      </span>
      <Title className="bf-state__title">{title}</Title>
      {hint && <p className="bf-state__hint">{hint}</p>}
      {actions && <div className="bf-state__actions">{actions}</div>}
    </div>
  );
}

/** Nothing here yet: says what belongs here and how it comes. */
export function Empty({ icon = <InboxOutlined />, ...rest }: Omit<StateProps, 'icon'> & { readonly icon?: ReactNode }) {
  return <State icon={icon} {...rest} />;
}

/** Rows of the coming page in grey, so that nothing jumps when it arrives. */
export function Loading({ rows = 8 }: { readonly rows?: number }) {
  const t = useUiText();
  return (
    <div className="bf-loading" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="bf-loading__row" aria-hidden="true" />
      ))}
    </div>
  );
}

/** Seen, but not for this person: who may, and whom to ask. */
export function Forbidden({ roles = [] }: { readonly roles?: readonly string[] }) {
  const t = useUiText();
  const hint = roles.length > 0 ? t('state.forbiddenHint', { roles: roles.join('、') }) : t('state.forbiddenPlain');
  return <State icon={<LockOutlined />} title={t('state.forbidden')} hint={hint} isPage />;
}

/** An address that leads nowhere. */
export function Missing() {
  const t = useUiText();
  return <State icon={<FileSearchOutlined />} title={t('state.missing')} hint={t('state.missingHint')} isPage />;
}

/** No connection: what was entered is safe. */
export function Offline() {
  const t = useUiText();
  return <State icon={<DisconnectOutlined />} title={t('state.offline')} hint={t('state.offlineHint')} />;
}
