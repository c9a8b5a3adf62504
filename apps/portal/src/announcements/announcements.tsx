import { NotificationOutlined } from '@ant-design/icons';
import { useText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { App, Button } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

const PUBLIC = '/public';

/** The way to the public pages, and their address for those who need no account. */
export function Component() {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const address = `${window.location.origin}${PUBLIC}`;
  // Over plain http the browser gives a page no clipboard; the address is then selected by hand.
  const canCopy = 'clipboard' in navigator;
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    void message.success(t('announcements.copied'));
  };
  return (
    <Page title={t('place.announcements')} subtitle={t('announcements.subtitle')}>
      <div className="bf-surface">
        <Empty
          icon={<NotificationOutlined />}
          title={t('announcements.title')}
          hint={
            <>
              {t('announcements.hint')}
              <br />
              <strong style={{ userSelect: 'all' }}>{address}</strong>
            </>
          }
          actions={
            <>
              <Button type="primary" href={PUBLIC}>
                {t('announcements.open')}
              </Button>
              {canCopy && <Button onClick={() => void copy()}>{t('announcements.copy')}</Button>}
            </>
          }
        />
      </div>
    </Page>
  );
}
