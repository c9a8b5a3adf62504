import type { Pool } from 'pg';
import { topicOf } from '../envelope.ts';
import type { Log, Received, Subscription, Transport } from '../ports.ts';
import { type Inbox, type Reactions, applyEvents } from './apply.ts';
import { redriveKey } from './redrive.ts';
import { pgSql } from '@bangfu/data/sql';
import { placeOf, readIncoming } from './store.ts';

export type { Reaction, Reactions } from './apply.ts';

/**
 * The handler of a service's inbox: effects and places in one transaction per batch, so that whatever the transport
 * repeats is applied once. When an event arrives that closed a gap, the ones parked behind the gap follow at once.
 */
export function inboxHandler(inbox: Inbox): (records: Received[]) => Promise<void> {
  return async (records) => {
    const list = records.map(({ topic, key, partition, position, value }) =>
      readIncoming(topic, key, `${topic}/${partition}/${position}`, value),
    );
    const freed = await applyEvents(inbox, list);
    for (const { topic, key } of freed) await redriveKey(inbox, topic, key);
  };
}

/** The topics that reactions are about. */
export function topicsOf(reactions: Reactions): string[] {
  return [...new Set(Object.keys(reactions).map(topicOf))].sort();
}

/**
 * Starts consuming what the service reacts on, from the first record kept when its group is new. The group is named
 * after the service unless it keeps several read copies apart. A service without reactions consumes nothing.
 */
export async function startConsumer(options: {
  service: string;
  group?: string;
  transport: Transport;
  /** The service's own database. */
  pool: Pool;
  reactions: Reactions;
  log: Log;
}): Promise<Subscription> {
  const { service, group = service, transport, pool, reactions, log } = options;
  const topics = topicsOf(reactions);
  if (topics.length === 0) return { stop: async () => undefined };
  const handle = inboxHandler({ pool, group, reactions, log });
  return transport.subscribe({
    group,
    topics,
    handle,
    fromBeginning: true,
    placeOf: (topic, partition) => placeOf(pgSql(pool), group, topic, partition),
  });
}
