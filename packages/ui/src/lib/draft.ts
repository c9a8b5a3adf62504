import { useCallback, useMemo } from 'react';
import { useSession } from '../app-frame.tsx';
import { dropDraft, keepDraft, readDraft } from './draft-store.ts';

/** What is kept of a form on this device. */
interface Draft<Values extends object> {
  /** What was kept before; empty when there was nothing. */
  readonly initial: Partial<Values>;
  readonly keep: (values: Values) => void;
  readonly drop: () => void;
}

/**
 * A form's values kept on this device until the act is done, for the account that typed them: a lost page loses
 * nothing, and the next person at the same machine sees nothing of it.
 * @param key the record and the act
 */
export function useDraft<Values extends object>(key: string): Draft<Values> {
  const { id } = useSession().account;
  const initial = useMemo(() => readDraft(id, key) as Partial<Values>, [id, key]);
  const keep = useCallback((values: Values) => keepDraft(id, key, values), [id, key]);
  const drop = useCallback(() => dropDraft(id, key), [id, key]);
  return { initial, keep, drop };
}
