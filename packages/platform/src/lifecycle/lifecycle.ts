import type { Logger } from 'pino';

const STOP_WITHIN_MS = 20_000;

/**
 * Ends the process in good order on SIGTERM, SIGINT, SIGHUP and when the parent goes away: the steps run in the
 * order given, all of them within twenty seconds: requests in flight have half of them.
 */
export function stopInOrder(log: Logger, steps: readonly (() => Promise<unknown> | unknown)[]): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        log.warn({ err: error }, 'a step of the stop failed');
      }
    }
    process.exit(0);
  };
  // Node itself would print all fields of an error that ends the process, and a database's hold values of rows.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'ended by an error that nothing caught');
    process.exit(1);
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
  if (process.channel) process.on('disconnect', () => void stop());
}
