import { useCallback, useMemo } from 'react';

/** A form's values kept on this device until the act is done, so that a lost page loses nothing typed. */
export function useDraft<Values extends object>(key: string) {
  const stored = `bangfu.draft.${key}`;
  const initial = useMemo((): Partial<Values> => {
    try {
      return JSON.parse(localStorage.getItem(stored) ?? '{}') as Partial<Values>;
    } catch {
      return {};
    }
  }, [stored]);
  const keep = useCallback(
    (_changed: unknown, all: Values) => localStorage.setItem(stored, JSON.stringify(all)),
    [stored],
  );
  const drop = useCallback(() => localStorage.removeItem(stored), [stored]);
  return { initial, keep, drop };
}
