import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../local/free-port.ts';
import { keepServer } from './keeper.ts';
import { HOW_TO_ENABLE, hasJava, hasKafkaLibs, kafkaLibs } from './libs.ts';

const run = promisify(execFile);

export interface LocalKafka {
  /** `host:port` list as KAFKA_BROKERS takes it. */
  readonly brokers: string;
  readonly pid: number;
  /** Settles when the broker has ended, however that came. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

function settings(dataDir: string, port: number, controllerPort: number): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names=CONTROLLER',
    `log.dirs=${join(dataDir, 'log')}`,
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=8',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    // Events are the history that read copies are rebuilt from: a local broker never throws them away.
    'log.retention.ms=-1',
    'auto.create.topics.enable=false',
    '',
  ].join('\n');
}

async function rememberedPorts(file: string): Promise<{ port: number; controllerPort: number } | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    const [, port, controllerPort] =
      /^listeners=PLAINTEXT:\/\/[^:]+:(\d+),CONTROLLER:\/\/[^:]+:(\d+)$/m.exec(text) ?? [];
    return port && controllerPort ? { port: Number(port), controllerPort: Number(controllerPort) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Starts a real Apache Kafka (KRaft, one node) on 127.0.0.1. The data folder is formatted once and keeps its ports,
 * so that a stopped broker comes back under the same address. It ends with this process. Throws when Java or the jars
 * are missing, with the words that tell how to get them.
 */
export async function startLocalKafka(options: { dataDir: string; port?: number }): Promise<LocalKafka> {
  if (!(await hasJava()) || !hasKafkaLibs()) throw new Error(`No local Kafka: ${HOW_TO_ENABLE}`);
  const classPath = join(kafkaLibs(), '*');
  const file = join(options.dataDir, 'server.properties');
  await mkdir(options.dataDir, { recursive: true });
  const before = await rememberedPorts(file);
  const port = options.port ?? before?.port ?? (await freePort());
  const controllerPort = before?.controllerPort ?? (await freePort());
  await writeFile(file, settings(options.dataDir, port, controllerPort));
  if (!existsSync(join(options.dataDir, 'log', 'meta.properties'))) {
    const tool = ['-cp', classPath, 'kafka.tools.StorageTool'];
    const { stdout: clusterId } = await run('java', [...tool, 'random-uuid']);
    await run('java', [...tool, 'format', '--standalone', '-t', clusterId.trim(), '-c', file]);
  }
  const logging = `-Dlog4j2.configurationFile=${fileURLToPath(new URL('./log4j2.xml', import.meta.url))}`;
  const memory = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC'];
  const server = await keepServer({
    command: 'java',
    args: [...memory, logging, '-cp', classPath, 'kafka.Kafka', file],
    stopSignal: 'SIGTERM',
    readyLine: 'Kafka Server started',
    readyWithinMs: 60_000,
  });
  return { brokers: `127.0.0.1:${port}`, pid: server.pid, ended: server.ended, stop: () => server.stop() };
}

if (import.meta.main) {
  const dataDir = process.argv[2];
  if (!dataDir) throw new Error('usage: local-broker.ts <data folder>');
  const kafka = await startLocalKafka({ dataDir });
  process.stdout.write(`KAFKA_BROKERS=${kafka.brokers}\n`);
  process.once('SIGINT', () => void kafka.stop());
  process.once('SIGTERM', () => void kafka.stop());
  await kafka.ended;
}
