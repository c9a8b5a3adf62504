import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const KAFKA_VERSION = '4.1.1';
export const HOW_TO_ENABLE =
  'install Java 17 or later and Maven, then run: node --conditions=SOURCE infra/kafka/fetch.ts (or set KAFKA_BROKERS)';

/** Folder of the broker's jars: `BANGFU_KAFKA_LIBS`, else a cache outside the source tree. */
export function kafkaLibs(): string {
  return process.env['BANGFU_KAFKA_LIBS'] ?? join(homedir(), '.cache', 'bangfu', `kafka-${KAFKA_VERSION}`);
}

/** Whether the jars are there. */
export function hasKafkaLibs(folder = kafkaLibs()): boolean {
  return existsSync(folder) && readdirSync(folder).includes(`kafka_2.13-${KAFKA_VERSION}.jar`);
}

/** Whether a Java runtime of version 17 or later can be started. */
export async function hasJava(): Promise<boolean> {
  try {
    const { stderr } = await run('java', ['-version']);
    const version = /version "(\d+)/.exec(stderr)?.[1];
    return version !== undefined && Number(version) >= 17;
  } catch {
    return false;
  }
}

/** Whether a platform can be started on Kafka here: brokers are named, or a local one can run. */
export async function canRunKafka(): Promise<boolean> {
  return process.env['KAFKA_BROKERS'] !== undefined || ((await hasJava()) && hasKafkaLibs());
}
