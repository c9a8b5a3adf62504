import type { Operation } from '@bangfu/contracts/core/operation';
import { useSession } from '@bangfu/ui/app-frame';
import { useText } from '@bangfu/ui/lib/i18n';
import type { TextKey } from './texts.zh-CN.ts';

/** Why the signed-in person may not call an operation; null when he may. The service decides anew. */
export function useMayNot(): (op: Pick<Operation, 'access'>) => string | null {
  const t = useText<TextKey>();
  const { grants } = useSession();
  return ({ access }) => {
    if (typeof access === 'string') return null;
    return grants.some(({ role }) => access.includes(role)) ? null : t('notMay');
  };
}
