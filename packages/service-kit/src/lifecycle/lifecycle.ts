import type { Logger } from 'pino';

/**
 * Ends the process in good order on SIGTERM, SIGINT, SIGHUP and when the parent goes away: the steps run in the
 * order given, all of them within eight seconds.
 */
export function stopInOrder(log: Logger, steps: readonly (() => Promise<unknown> | unknown)[]): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 8000).unref();
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        log.warn({ err: error }, 'a step of the stop failed');
      }
    }
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
  if (process.channel) process.on('disconnect', () => void stop());
}
