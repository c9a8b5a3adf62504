import { BellOutlined, DownOutlined, UserOutlined } from '@ant-design/icons';
import { Badge, Dropdown } from 'antd';
import { JobTray } from './job-tray.tsx';
import { APPEARANCES, chooseAppearance, useAppearanceChoice } from './lib/appearance.ts';
import { useLanguage, useUiText } from './lib/i18n.ts';
import { SearchBox } from './search-box.tsx';
import { SERVICES, type ShellProps, serviceAddress, serviceText } from './shell-types.tsx';

type TopBarProps = ShellProps & { readonly phone: boolean };

function ServiceSwitcher({ service, services = SERVICES, phone }: TopBarProps) {
  const t = useUiText();
  if (phone) {
    return (
      <Dropdown
        trigger={['click']}
        menu={{
          selectedKeys: [service],
          items: services.map((s) => ({ key: s, label: <a href={serviceAddress(s)}>{t(serviceText(s))}</a> })),
        }}
      >
        <button
          type="button"
          className="bf-top__switch"
          aria-label={`${t('shell.services')} ${t(serviceText(service))}`}
        >
          {t(serviceText(service))} <DownOutlined aria-hidden="true" />
        </button>
      </Dropdown>
    );
  }
  return (
    <nav className="bf-services" aria-label={t('shell.services')}>
      {services.map((s) => (
        <a
          key={s}
          className="bf-services__link"
          href={serviceAddress(s)}
          aria-current={s === service ? 'true' : undefined}
        >
          {t(serviceText(s))}
        </a>
      ))}
    </nav>
  );
}

function Account({ session, phone, onLanguage, onSignOut }: TopBarProps) {
  const t = useUiText();
  const language = useLanguage();
  const appearance = useAppearanceChoice();
  const other = language === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        selectedKeys: [`appearance-${appearance}`],
        items: [
          {
            key: 'who',
            type: 'group',
            label: (
              <span className="bf-account__who">
                <strong>{session.name}</strong>
                <span>{session.role}</span>
              </span>
            ),
          },
          { type: 'divider' },
          { key: 'sign-ins', label: <a href="/sign-ins">{t('shell.signIns')}</a> },
          { key: 'password', label: <a href="/password">{t('shell.changePassword')}</a> },
          ...(phone ? [{ key: 'language', label: t('shell.language'), onClick: () => onLanguage(other) }] : []),
          {
            key: 'appearance',
            type: 'group',
            label: t('shell.appearance'),
            children: APPEARANCES.map((choice) => ({
              key: `appearance-${choice}`,
              label: t(`shell.appearance.${choice}`),
              onClick: () => chooseAppearance(choice),
            })),
          },
          { type: 'divider' },
          { key: 'out', label: t('shell.signOut'), onClick: onSignOut },
        ],
      }}
    >
      <button type="button" className="bf-top__account" aria-label={t('shell.account', { name: session.name })}>
        <span className="bf-top__avatar" aria-hidden="true" {...(!phone && { 'data-sign': session.name.slice(-1) })}>
          {phone && <UserOutlined />}
        </span>
        {!phone && <span className="bf-top__name">{session.name}</span>}
      </button>
    </Dropdown>
  );
}

/** County, services, search, to-dos, jobs, language, account: the same in all six front ends. */
export function TopBar(props: TopBarProps) {
  const { county, todos, jobs, phone, onSearch, onLanguage, onCancelJob, onDismissJob } = props;
  const t = useUiText();
  const language = useLanguage();
  const todoText = t(todos.overdue > 0 ? 'shell.todosOverdue' : 'shell.todos', { ...todos });
  return (
    <header className="bf-top">
      <a className="bf-top__county" href="/" aria-label={`${county} ${t('product.name')}`}>
        <span className="bf-top__seal" aria-hidden="true" data-sign="帮" />
        {!phone && <span>{county}</span>}
      </a>
      <ServiceSwitcher {...props} />
      <span className="bf-top__space" />
      {onSearch && <SearchBox phone={phone} onSearch={onSearch} />}
      <a className="bf-top__icon" href="/" aria-label={todoText} title={todoText}>
        <Badge
          count={todos.count}
          size="small"
          color={todos.overdue > 0 ? 'var(--ant-color-warning)' : 'var(--ant-color-primary)'}
        >
          <BellOutlined />
        </Badge>
      </a>
      {jobs && (
        <JobTray
          jobs={jobs}
          {...(onCancelJob && { onCancel: onCancelJob })}
          {...(onDismissJob && { onDismiss: onDismissJob })}
        />
      )}
      {!phone && (
        <button
          type="button"
          className="bf-top__icon bf-top__language"
          aria-label={`${t('shell.languageName')} ${t('shell.language')}`}
          onClick={() => onLanguage(language === 'zh-CN' ? 'en' : 'zh-CN')}
        >
          {t('shell.languageName')}
        </button>
      )}
      <Account {...props} />
    </header>
  );
}
