import { chunksOf } from '@bangfu/events/kafka/transport';
import type { Outgoing } from '@bangfu/events/ports';
import kafkajs from 'kafkajs';

const PARTITIONS = 8;

/** Events a second that kafkajs alone sends and receives, at the same time, with the same keys and bytes. */
export async function kafkaFloor(brokers: string, topic: string, records: readonly Outgoing[]): Promise<number> {
  const kafka = new kafkajs.Kafka({
    clientId: 'bangfu-floor',
    brokers: brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic, numPartitions: PARTITIONS, replicationFactor: 1 }],
    waitForLeaders: true,
  });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  const consumer = kafka.consumer({ groupId: topic });
  try {
    await Promise.all([producer.connect(), consumer.connect()]);
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    let received = 0;
    const { promise: all, resolve } = Promise.withResolvers<void>();
    const joined = new Promise((ready) => consumer.on(consumer.events.GROUP_JOIN, ready));
    await consumer.run({
      partitionsConsumedConcurrently: PARTITIONS,
      eachBatch: ({ batch }) => {
        received += batch.messages.length;
        if (received >= records.length) resolve();
        return Promise.resolve();
      },
    });
    await joined;
    const begin = performance.now();
    for (const chunk of chunksOf(records)) {
      const messages = chunk.map(({ key, value }) => ({ key, value }));
      await producer.send({ topic, messages });
    }
    await all;
    return records.length / ((performance.now() - begin) / 1000);
  } finally {
    await consumer.disconnect();
    await producer.disconnect();
    await admin.disconnect();
  }
}
