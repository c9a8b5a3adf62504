/** As long as an answer is kept that all is well, and one that something is not. */
const KEPT_MS = { ready: 1_000, notReady: 200 };

/**
 * Asks at most once at a time and once a second, however often it is asked: whoever may ask without an account must not
 * be able to make anything work.
 */
export function keptForAMoment<T extends { readonly ready: boolean }>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (!asking || performance.now() > until) {
      until = Number.POSITIVE_INFINITY;
      asking = ask();
      void asking.then(({ ready }) => {
        until = performance.now() + (ready ? KEPT_MS.ready : KEPT_MS.notReady);
      });
    }
    return asking;
  };
}
