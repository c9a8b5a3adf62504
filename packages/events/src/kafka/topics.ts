import kafkajs, { type Kafka } from 'kafkajs';
import { PARTITIONS } from '../partitions.ts';

/** Events are the history that read copies are rebuilt from, so no topic ever forgets. */
const KEEP_ALL = [{ name: 'retention.ms', value: '-1' }];

/** Creates the topics that do not exist yet. Returns their names. */
export async function ensureTopics(kafka: Kafka, topics: readonly string[], replicationFactor = 1): Promise<string[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !existing.has(topic));
    if (missing.length === 0) return [];
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => {
        return { topic, numPartitions: PARTITIONS, replicationFactor, configEntries: KEEP_ALL };
      }),
    });
    return missing;
  } finally {
    await admin.disconnect();
  }
}

/** Partitions and retention (ms) of topics as the broker has them, for a check of a cluster against the code. */
export async function describeTopics(brokers: string, topics: readonly string[]) {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name,
        configNames: ['retention.ms'],
      })),
    });
    return found.map(({ name, partitions }) => {
      const entries = resources.find((resource) => resource.resourceName === name)?.configEntries ?? [];
      return { topic: name, partitions: partitions.length, retentionMs: entries[0]?.configValue };
    });
  } finally {
    await admin.disconnect();
  }
}

/** A client for administration. */
export function kafkaClient(brokers: string): Kafka {
  return new kafkajs.Kafka({
    clientId: 'bangfu-topics',
    brokers: brokers.split(','),
    logLevel: kafkajs.logLevel.ERROR,
  });
}
