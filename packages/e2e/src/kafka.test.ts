import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { call } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { uploadRoster } from '@bangfu/contracts/identification/imports';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { hasJava, hasKafkaLibs } from '@bangfu/infra/kafka/libs';
import { nameSkip } from '@bangfu/testkit/named-skips';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { dataFolder, freePort, removeFolder, type StartedPlatform, startPlatform } from './start-platform.ts';
import { until } from './until.ts';

const FIXTURES = fileURLToPath(new URL('../../testkit/fixtures/', import.meta.url));
const HOUSEHOLDS = 120;
const canRun = process.env['KAFKA_BROKERS'] !== undefined || ((await hasJava()) && hasKafkaLibs());
if (!canRun)
  nameSkip('the platform on Kafka', 'install Java 17 and Maven and run infra/kafka/fetch.ts, or set KAFKA_BROKERS');

describe.skipIf(!canRun)('given the platform started with a real Kafka', () => {
  let platform: StartedPlatform;
  const data = dataFolder();

  beforeAll(async () => {
    platform = await startPlatform(data, await freePort(), ['--demo', 'none', '--kafka']);
  }, 300_000);
  afterAll(async () => {
    await platform.stop();
    removeFolder(data);
  });

  it('when a roster is imported, then a client from outside sees its CloudEvents, and the other services have heard', async () => {
    const admin = await connectAs(platform.url, 'admin', ADMIN_PASSWORD);
    await call(admin, importRegions, {
      query: { name: '211382.csv' },
      body: createReadStream(`${FIXTURES}regions/211382.csv`),
    });
    await call(admin, uploadRoster, {
      query: { name: 'clean.xlsx', commit: 'true' },
      body: createReadStream(`${FIXTURES}rosters/clean.xlsx`),
    });
    await until(
      'all services have heard',
      async () => {
        const copies = await call(admin, everyService('evaluation').getCopies, {});
        return copies.households === HOUSEHOLDS ? copies : null;
      },
      120_000,
    );

    const brokers = process.env['KAFKA_BROKERS'] ?? /Kafka 已启动：(\S+)/.exec(platform.output())?.[1] ?? '';
    const consumer = new kafkajs.Kafka({
      clientId: 'outside',
      brokers: brokers.split(','),
      logLevel: kafkajs.logLevel.NOTHING,
    }).consumer({ groupId: 'outside' });
    const seen: Record<string, unknown>[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic: 'identification.household', fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        seen.push(JSON.parse(message.value?.toString() ?? '{}') as Record<string, unknown>);
      },
    });
    await until('all events were read', async () => (seen.length >= HOUSEHOLDS ? true : null), 60_000);
    await consumer.disconnect();
    expect(seen).toHaveLength(HOUSEHOLDS);
    expect(seen[0]).toMatchObject({
      specversion: '1.0',
      source: '/bangfu/identification',
      type: 'identification.household.recorded.v1',
      sequence: 1,
    });
    // Nothing that identifies travels: no run of digits as long as an ID number, but in household numbers and codes.
    expect(JSON.stringify(seen)).not.toMatch(/"\d{17}[\dX]"/);
  }, 240_000);
});
