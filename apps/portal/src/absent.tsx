import { ExclamationCircleFilled } from '@ant-design/icons';
import type { ServiceName } from '@bangfu/contracts/core/operation';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { serviceText } from '@bangfu/ui/shell-types';
import type { TextKey } from './texts.zh-CN.ts';
import './absent.css';

/** Names the services whose part is missing from a page put together from all; nothing when all answered. */
export function Absent({ services }: { readonly services: readonly ServiceName[] }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  if (services.length === 0) return null;
  const names = services.map((service) => ui(serviceText(service))).join(t('absent.join'));
  return (
    <div className="absent bf-surface" role="status">
      <ExclamationCircleFilled aria-hidden="true" />
      <div>
        <strong>{t('absent.title', { services: names })}</strong>
        <p>{t('absent.hint')}</p>
      </div>
    </div>
  );
}
