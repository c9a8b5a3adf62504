import type { ServiceName } from '@bangfu/contracts/core/operation';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { serviceText } from '@bangfu/ui/shell-types';
import { Alert } from 'antd';
import type { TextKey } from './texts.zh-CN.ts';

/** Names the services whose part is missing from a page put together from all; nothing when all answered. */
export function Absent({ services }: { readonly services: readonly ServiceName[] }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  if (services.length === 0) return null;
  const names = services.map((service) => ui(serviceText(service))).join(t('absent.join'));
  return (
    <Alert
      className="absent"
      type="warning"
      showIcon
      title={t('absent.title', { services: names })}
      description={t('absent.hint')}
      style={{ marginBottom: 14 }}
    />
  );
}
