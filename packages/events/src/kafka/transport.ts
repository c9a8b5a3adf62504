import { Buffer } from 'node:buffer';
// A CommonJS package: Node sees only some of its names as named exports.
import kafkajs, { type Consumer, type EachBatchPayload, type Kafka, type Producer } from 'kafkajs';
import { CLOUDEVENTS_CONTENT_TYPE } from '../envelope.ts';
import type { Log, Outgoing, Received, SubscribeOptions, Subscription, Transport } from '../ports.ts';
import { backOff, bell } from '../wait.ts';
import { PARTITIONS } from '../partitions.ts';
import { coalesced } from './coalesce.ts';
import { ensureTopics } from './topics.ts';

/** kafkajs makes one batch of all a send holds for a partition, and the broker takes 1 MiB. */
const SEND_BYTES = 900 * 1024;
const RECORD_OVERHEAD = 100;
const HANDLE_ROWS = 1_000;
const HEARTBEAT_MS = 3_000;
/** A member that is gone holds up its group for so long; a broker that comes back still counts the members of before. */
const PATIENCE = { sessionTimeout: 10_000, rebalanceTimeout: 15_000, heartbeatInterval: HEARTBEAT_MS };
const BACK_OFF_BASE_MS = 200;
const BACK_OFF_MAX_MS = 10_000;

export interface KafkaOptions {
  /** `host:port` list of KAFKA_BROKERS. */
  brokers: string;
  clientId: string;
  log: Log;
  /** Copies of each partition for topics made from here; 3 on a real cluster. */
  replicationFactor?: number;
}

function kafkaOf({ brokers, clientId, log }: KafkaOptions): Kafka {
  return new kafkajs.Kafka({
    clientId,
    brokers: brokers.split(','),
    connectionTimeout: 3_000,
    // Bounded: the relay and the consumers have their own patience, and must be able to stop.
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, ...fields } = entry.log;
      const kept = { namespace: entry.namespace, reason: fields['error'], groupId: fields['groupId'] };
      if (entry.level === kafkajs.logLevel.ERROR) log.error(kept, message);
      else log.warn(kept, message);
    },
  });
}

/** Cuts records into sends that stay below the broker's limit, in order. */
export function chunksOf(records: readonly Outgoing[], limit = SEND_BYTES): Outgoing[][] {
  const chunks: Outgoing[][] = [];
  let bytes = 0;
  for (const record of records) {
    const size = Buffer.byteLength(record.value) + Buffer.byteLength(record.key) + RECORD_OVERHEAD;
    const chunk = chunks.at(-1);
    if (chunk && bytes + size <= limit) {
      chunk.push(record);
      bytes += size;
    } else {
      chunks.push([record]);
      bytes = size;
    }
  }
  return chunks;
}

async function sendChunk(producer: Producer, chunk: readonly Outgoing[]): Promise<void> {
  const byTopic = Map.groupBy(chunk, (record) => record.topic);
  await producer.sendBatch({
    acks: -1,
    compression: kafkajs.CompressionTypes.GZIP,
    topicMessages: [...byTopic].map(([topic, records]) => ({
      topic,
      messages: records.map(({ key, value }) => ({
        key,
        value,
        headers: { 'content-type': CLOUDEVENTS_CONTENT_TYPE },
      })),
    })),
  });
}

/**
 * Begins each partition that a consumer was given behind what its group has taken in by its own account, where the
 * broker's place is further: it is stored after that, so the group's database was restored to an earlier time. An own
 * place that is further than the broker's says nothing: it may be one in another log, before Kafka was used.
 */
async function beginAtOwnPlaces(
  kafka: Kafka,
  consumer: Consumer,
  { group, placeOf }: Pick<SubscribeOptions, 'group' | 'placeOf'>,
  given: Readonly<Record<string, readonly number[]>>,
): Promise<void> {
  if (!placeOf) return;
  const admin = kafka.admin();
  await admin.connect();
  try {
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId: group, topics: Object.keys(given) })) {
      for (const { partition, offset } of partitions) {
        if (!given[topic]?.includes(partition)) continue;
        const own = await placeOf(topic, partition);
        if (own !== undefined && own + 1n < BigInt(offset)) {
          consumer.seek({ topic, partition, offset: String(own + 1n) });
        }
      }
    }
  } finally {
    await admin.disconnect();
  }
}

/** Hands a fetched batch over in parts; stores the place after each. Leaves when the group is rearranged or stops. */
async function takeBatch(payload: EachBatchPayload, options: SubscribeOptions, log: Log, isStopping: () => boolean) {
  const { batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale } = payload;
  const { topic, partition } = batch;
  const live = () => isRunning() && !isStale() && !isStopping();
  for (let begin = 0; begin < batch.messages.length && live(); begin += HANDLE_ROWS) {
    const part = batch.messages.slice(begin, begin + HANDLE_ROWS);
    const records = part.map(({ key, value, offset }): Received => {
      return { topic, partition, position: offset, key: key?.toString() ?? '', value: value?.toString() ?? '' };
    });
    let handled = false;
    for (let failures = 1; !handled && live(); failures++) {
      // The session must not run out while a long batch is worked on.
      const beat = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS);
      try {
        await options.handle(records);
        handled = true;
      } catch (error) {
        log.warn({ group: options.group, failures, err: error }, 'records not handled, will try again');
        const until = Date.now() + backOff(failures, BACK_OFF_BASE_MS, BACK_OFF_MAX_MS);
        while (live() && Date.now() < until) await bell().wait(Math.min(100, until - Date.now()));
      } finally {
        clearInterval(beat);
      }
      await heartbeat();
    }
    const last = part.at(-1);
    if (!handled || !last) return;
    resolveOffset(last.offset);
    const next = String(BigInt(last.offset) + 1n);
    await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] });
  }
}

/** The transport over Apache Kafka: idempotent producer, all replicas acknowledge, places stored after handling. */
export function kafkaTransport(options: KafkaOptions): Transport {
  const { log, replicationFactor = 1 } = options;
  const kafka = kafkaOf(options);
  const known = new Set<string>();
  const subscriptions = new Set<Subscription>();
  let producer: Producer | undefined;

  const prepare = async (topics: readonly string[]): Promise<void> => {
    const missing = [...new Set(topics)].filter((topic) => !known.has(topic));
    if (missing.length === 0) return;
    await ensureTopics(kafka, missing, replicationFactor);
    for (const topic of missing) known.add(topic);
  };

  const dropProducer = async (): Promise<void> => {
    const old = producer;
    producer = undefined;
    await old?.disconnect().catch((error: unknown) => log.warn({ err: error }, 'producer did not close'));
  };

  const publish = async (records: readonly Outgoing[]): Promise<void> => {
    await prepare(records.map((record) => record.topic));
    try {
      if (!producer) {
        producer = kafka.producer({
          idempotent: true,
          maxInFlightRequests: 1,
          createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
          retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
        });
        await producer.connect();
      }
      for (const chunk of chunksOf(records)) await sendChunk(producer, chunk);
    } catch (error) {
      // Its sequence numbers may not be the broker's any more: the next trial begins with a new one.
      await dropProducer();
      throw error;
    }
  };

  const subscribe = async (subscribed: SubscribeOptions): Promise<Subscription> => {
    const { group, topics, fromBeginning } = subscribed;
    const merged = { ...subscribed, handle: coalesced(subscribed.handle) };
    const halt = bell();
    let stopping = false;
    let consumer: Consumer | undefined;
    const run = async (): Promise<void> => {
      await prepare(topics);
      consumer = kafka.consumer({ groupId: group, maxWaitTimeInMs: 1_000, ...PATIENCE });
      // kafkajs restarts by itself after what it holds to be passing; anything else comes back here.
      const { CRASH } = consumer.events;
      consumer.on(CRASH, ({ payload }) => {
        if (payload.restart) return;
        log.error({ group, err: payload.error }, 'consumer crashed, will be started again');
        if (!stopping) running = keepRunning();
      });
      const joined = consumer;
      joined.on(joined.events.GROUP_JOIN, ({ payload }) => {
        beginAtOwnPlaces(kafka, joined, subscribed, payload.memberAssignment).catch((error: unknown) =>
          log.warn({ group, err: error }, 'the places of a consumer could not be read'),
        );
      });
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS,
        eachBatch: (payload) => takeBatch(payload, merged, log, () => stopping),
      });
    };
    const keepRunning = async (): Promise<void> => {
      for (let failures = 1; !stopping; failures++) {
        try {
          await consumer?.disconnect();
          return await run();
        } catch (error) {
          log.warn({ group, failures, err: error }, 'consumer could not reach the broker');
          if (!stopping) await halt.wait(backOff(failures, BACK_OFF_BASE_MS, BACK_OFF_MAX_MS));
        }
      }
    };
    let running = keepRunning();
    const subscription: Subscription = {
      stop: async () => {
        stopping = true;
        halt.ring();
        await running;
        await consumer?.disconnect();
        subscriptions.delete(subscription);
      },
    };
    subscriptions.add(subscription);
    return subscription;
  };

  return {
    publish,
    subscribe,
    rewind: async (group, topics) => {
      await prepare(topics);
      const admin = kafka.admin();
      await admin.connect();
      try {
        for (const topic of topics) await admin.resetOffsets({ groupId: group, topic, earliest: true });
      } finally {
        await admin.disconnect();
      }
    },
    close: async () => {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await dropProducer();
    },
  };
}
