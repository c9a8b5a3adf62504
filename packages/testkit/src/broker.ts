import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOW_TO_ENABLE, hasJava, hasKafkaLibs } from '@bangfu/infra/kafka/libs';
import { type LocalKafka, startLocalKafka } from '@bangfu/infra/kafka/local-broker';
import { KafkaContainer } from '@testcontainers/kafka';
import { hasDocker } from './docker.ts';
import { nameSkip } from './named-skips.ts';

export interface TestBroker {
  /** `host:port` list as KAFKA_BROKERS takes it. */
  brokers: string;
  /** Takes the broker away and brings it back under the same address; only where the provider can. */
  outage?: { down(): Promise<void>; up(): Promise<void> };
  stop(): Promise<void>;
}

async function container(): Promise<TestBroker> {
  const kafka = await new KafkaContainer('confluentinc/cp-kafka:8.1.0').start();
  return {
    brokers: `${kafka.getHost()}:${kafka.getMappedPort(9093)}`,
    stop: async () => {
      await kafka.stop();
    },
  };
}

async function local(): Promise<TestBroker> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bangfu-kafka-'));
  let kafka: LocalKafka = await startLocalKafka({ dataDir });
  return {
    brokers: kafka.brokers,
    outage: {
      down: () => kafka.stop(),
      up: async () => {
        kafka = await startLocalKafka({ dataDir });
      },
    },
    stop: async () => {
      await kafka.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * The Kafka that tests use: the one named by KAFKA_BROKERS, else a container where Docker runs, else a local broker
 * from its jars where Java is. Undefined, and named as skipped, when there is none.
 */
export async function startBroker(): Promise<TestBroker | undefined> {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return { brokers: given, stop: async () => undefined };
  if (await hasDocker()) return container();
  if ((await hasJava()) && hasKafkaLibs()) return local();
  nameSkip('no Kafka', HOW_TO_ENABLE);
  return undefined;
}
