import { CheckCircleOutlined } from '@ant-design/icons';
import { useText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

/** The first page after signing in: what waits for me, ordered by deadline. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  return (
    <Page title={t('place.work')} subtitle={t('work.subtitle')} help={t('work.help')}>
      <div className="bf-surface">
        <Empty
          icon={<CheckCircleOutlined />}
          title={t('work.empty')}
          hint={t('work.emptyHint')}
          actions={<Button onClick={() => navigate('/county')}>{t('work.toCounty')}</Button>}
        />
      </div>
    </Page>
  );
}
