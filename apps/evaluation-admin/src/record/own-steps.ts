import type { Evaluation } from '@bangfu/contracts/evaluation/evaluations';
import { isSampleOpen } from '@bangfu/domain/evaluation/procedure';
import { useSession } from '@bangfu/ui/app-frame';
import { useText } from '@bangfu/ui/lib/i18n';
import { platformNow } from '@bangfu/ui/lib/platform-time';
import type { TextKey } from '../texts.zh-CN.ts';

/** Why the signed-in account may not give the seed: it froze the frame. Null when it may. */
export function useSeedNotMine({ frame }: Evaluation): string | null {
  const t = useText<TextKey>();
  const { account } = useSession();
  return frame?.accountId === account.id ? t('other.seed') : null;
}

/** Why the signed-in account may not import returns: it froze the frame or gave the seed. Null when it may. */
export function useReturnsNotMine({ frame, seed }: Evaluation): string | null {
  const t = useText<TextKey>();
  const { account } = useSession();
  return [frame?.accountId, seed?.accountId].includes(account.id) ? t('other.returns') : null;
}

/** Why the signed-in person may not read who is in the sample: returns are missing. Null when he may, or evaluates it. */
export function useSampleClosed({ id, returns, fieldTo }: Evaluation): string | null {
  const t = useText<TextKey>();
  const { grants } = useSession();
  const isOwn = grants.some(
    ({ role, scope }) => role === 'evaluator' && scope.kind === 'evaluation' && scope.id === id,
  );
  const isOpen = isOwn || isSampleOpen({ outstanding: returns.outstanding, fieldTo }, platformNow());
  return isOpen ? null : t('sample.closed');
}
