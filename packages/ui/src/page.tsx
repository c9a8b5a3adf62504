import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { formatMoment } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import './page.css';

interface PageProps {
  readonly title: string;
  /** What the page shows, in one line. */
  readonly subtitle?: string;
  /** ISO instant the figures are true for. */
  readonly asOf?: string;
  readonly actions?: ReactNode;
  /** The page's guide: what it is for and how the work goes. */
  readonly help?: ReactNode;
  readonly children: ReactNode;
}

/** The page area of the shell: title, what it shows and as of when, actions on the right, the guide. */
export function Page({ title, subtitle, asOf, actions, help, children }: PageProps) {
  const t = useUiText();
  const [helping, setHelping] = useState(false);

  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div className="bf-page">
      <div className={help ? 'bf-page__head bf-page__head--help' : 'bf-page__head'}>
        <div>
          <h1 className="bf-page__title">{title}</h1>
          {(subtitle || asOf) && (
            <p className="bf-page__subtitle">
              {subtitle}
              {asOf && <time dateTime={asOf}>{t('page.asOf', { moment: formatMoment(asOf) })}</time>}
            </p>
          )}
        </div>
        <div className={actions ? 'bf-page__actions' : 'bf-page__actions bf-page__actions--help-only'}>
          {actions}
          {help && (
            <Button
              className="bf-page__help"
              icon={<QuestionCircleOutlined />}
              aria-label={t('page.help')}
              title={t('page.help')}
              onClick={() => setHelping(true)}
            />
          )}
        </div>
      </div>
      {children}
      <Drawer
        title={title}
        open={helping}
        onClose={() => setHelping(false)}
        closable={{ 'aria-label': t('common.close') }}
      >
        {help}
      </Drawer>
    </div>
  );
}
