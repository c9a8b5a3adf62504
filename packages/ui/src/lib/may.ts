import { opensAt, opensTo } from '@bangfu/contracts/core/access';
import type { Operation } from '@bangfu/contracts/core/operation';
import { useSession } from '../app-frame.tsx';
import { useUiText } from './i18n.ts';
import { platformNow } from './platform-time.ts';

/** Whether the signed-in person may call an operation; the service decides again by itself. */
export function useMay(op: Pick<Operation, 'access'>): boolean {
  return useMayNot()(op) === null;
}

/** Why the signed-in person may not call an operation, to be shown at its button; null when he may. */
export function useMayNot(): (op: Pick<Operation, 'access'>) => string | null {
  const t = useUiText();
  const { grants } = useSession();
  return ({ access }) => (opensTo(access, grants, platformNow().getTime()) ? null : t('notMay'));
}

/** Whether the signed-in person may call an operation for a division. */
export function useMayAt(op: Pick<Operation, 'access'>): (region: string) => boolean {
  const { grants } = useSession();
  return (region) => opensAt(op.access, grants, region, platformNow().getTime());
}
