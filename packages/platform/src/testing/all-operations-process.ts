import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serveAllOperations } from './all-operations.ts';

/**
 * Serves every operation in a process of its own, so that what a request costs is not mixed with what sending it does.
 * It answers each message with how long its event loop was held since the last one, and its memory.
 */
export interface ProcessCost {
  readonly heldMs: number;
  readonly rssBytes: number;
}

const delay = monitorEventLoopDelay({ resolution: 5 });
const { address } = await serveAllOperations(undefined, { bodyTimeMs: 300 });
delay.enable();
process.on('message', () => {
  const cost: ProcessCost = { heldMs: delay.max / 1e6, rssBytes: process.memoryUsage().rss };
  delay.reset();
  process.send?.(cost);
});
process.on('disconnect', () => process.exit(0));
process.send?.(address);
