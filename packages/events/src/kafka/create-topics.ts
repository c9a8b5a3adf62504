import { catalogueTopics } from '../catalog/all.ts';
import { describeTopics, ensureTopics, kafkaClient } from './topics.ts';

// Topics as code: `KAFKA_BROKERS=… node --conditions=SOURCE packages/events/src/kafka/create-topics.ts [copies]`.
// Services make missing topics by themselves with one copy; run this before on a cluster that shall keep three.
const brokers = process.env['KAFKA_BROKERS'];
if (!brokers) throw new Error('KAFKA_BROKERS is not set');
const created = await ensureTopics(kafkaClient(brokers), catalogueTopics, Number(process.argv[2] ?? 3));
for (const { topic, partitions, retentionMs } of await describeTopics(brokers, catalogueTopics)) {
  const state = created.includes(topic) ? 'created' : 'present';
  process.stdout.write(`${state}  ${topic}  ${partitions} partitions, retention.ms ${retentionMs ?? '?'}\n`);
}
