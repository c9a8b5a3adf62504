import type { Received, SubscribeOptions } from '../ports.ts';

type Handle = SubscribeOptions['handle'];

interface Waiting {
  records: Received[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * kafkajs hands over each partition apart, and a handler pays a transaction a call. Calls that come while one is at
 * work are put together into the next; when it throws, all of them are told.
 */
export function coalesced(handle: Handle): Handle {
  const waiting: Waiting[] = [];
  let busy = false;
  const drain = async (): Promise<void> => {
    busy = true;
    // One fetch brings several partitions in the same turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const calls = waiting.splice(0);
      try {
        await handle(calls.flatMap((call) => call.records));
        for (const call of calls) call.resolve();
      } catch (error) {
        for (const call of calls) call.reject(error);
      }
    }
    busy = false;
  };
  return (records) =>
    new Promise((resolve, reject) => {
      waiting.push({ records, resolve, reject });
      if (!busy) void drain();
    });
}
