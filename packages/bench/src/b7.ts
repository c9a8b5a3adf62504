import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { householdRecorded } from '@bangfu/events/catalog/identification';
import { inboxHandler } from '@bangfu/events/inbox/consume';
import { appendEvents } from '@bangfu/events/outbox/append';
import { startRelay } from '@bangfu/events/outbox/relay';
import type { Log, Received, Transport } from '@bangfu/events/ports';
import { pgSql } from '@bangfu/data/sql';
import { openTransport } from '@bangfu/events/transport';
import { hasJava, hasKafkaLibs, HOW_TO_ENABLE } from '@bangfu/infra/kafka/libs';
import { startLocalKafka } from '@bangfu/infra/kafka/local-broker';
import { eventLogUrl } from '@bangfu/infra/local/environment';
import { newId } from '@bangfu/data/id';
import { openPool, type Pool } from '@bangfu/data/pool';
import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import { kafkaFloor } from './b7-floor.ts';
import { exampleHousehold } from './example-household.ts';
import { type Benchmark, type Figure, percentile } from './figure.ts';
import { type BenchServer, withServer } from './server.ts';

const EVENTS = 100_000;
const FILL = 1_000;
const PER_SECOND = 500;
const SECONDS = 20;
const COUNTY = '211382000000';
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Kind = 'embedded' | 'kafka';

/** The road from identification's outbox to industry's read copy, over one transport. */
interface Road {
  readonly source: Pool;
  readonly copy: Pool;
  readonly transport: Transport;
}

async function withRoad<T>(
  kind: Kind,
  server: BenchServer,
  brokers: string,
  work: (road: Road) => Promise<T>,
): Promise<T> {
  const source = openPool(server.databases.identification.app, 20);
  const copy = openPool(server.databases.industry.app);
  const databaseUrl = eventLogUrl(server.databases, 'identification');
  const transport = await openTransport({ kind, databaseUrl, brokers, clientId: 'bangfu-bench', log: quiet });
  try {
    return await work({ source, copy, transport });
  } finally {
    await transport.close();
    await Promise.all([source.end(), copy.end()]);
  }
}

/** A log whose complaints end the run: an event that is parked or cannot be sent would be waited for without end. */
const failing = (fail: (error: Error) => void): Log => {
  const complain = (fields: object, message: string) => fail(new Error(`${message}: ${JSON.stringify(fields)}`));
  return { ...quiet, warn: complain, error: complain };
};

/** Consumes as a service does and hears of every batch once its transaction is committed. */
function consume(road: Road, onProjected: (records: readonly Received[]) => void, fail: (error: Error) => void) {
  const log = failing(fail);
  const inbox = { pool: road.copy, group: 'industry', reactions: HOUSEHOLD_COPY_REACTIONS, log };
  const handle = inboxHandler(inbox);
  return road.transport.subscribe({
    group: 'industry',
    topics: [householdRecorded.topic],
    fromBeginning: true,
    handle: async (records) => {
      await handle(records);
      onProjected(records);
    },
  });
}

const eventOf = (id: string, n: number) => householdRecorded.of(COUNTY, exampleHousehold(id, n));
const startRelayOf = ({ source, transport }: Road, fail: (error: Error) => void) =>
  startRelay({ service: 'identification', pool: source, transport, log: failing(fail) });

/** Events a second from the outbox, filled in batches before, to the projection; and the envelopes as they travelled. */
async function throughput(road: Road): Promise<{ perSecond: number; records: Received[] }> {
  for (let done = 0; done < EVENTS; done += FILL) {
    const events = Array.from({ length: FILL }, (_, i) => eventOf(newId(new Date()), done + i));
    await appendEvents(pgSql(road.source), events, new Date(), () => newId(new Date()));
  }
  const records: Received[] = [];
  const all = Promise.withResolvers<void>();
  const begin = performance.now();
  const taken = (batch: readonly Received[]) => {
    records.push(...batch);
    if (records.length >= EVENTS) all.resolve();
  };
  const subscription = await consume(road, taken, all.reject);
  const relay = startRelayOf(road, all.reject);
  await all.promise;
  const perSecond = EVENTS / ((performance.now() - begin) / 1000);
  await relay.stop();
  await subscription.stop();
  return { perSecond, records };
}

/** Milliseconds from commit to projection of events committed one by one at a steady rate, by p99. */
async function latency(road: Road): Promise<number> {
  const total = PER_SECOND * SECONDS;
  const committed = new Map<string, number>();
  const projected = new Map<string, number>();
  const warm = Promise.withResolvers<void>();
  const all = Promise.withResolvers<void>();
  const taken = (batch: readonly Received[]) => {
    const now = performance.now();
    for (const { key } of batch) projected.set(key, now);
    warm.resolve();
    if (projected.size > total) all.resolve();
  };
  const subscription = await consume(road, taken, all.reject);
  const relay = startRelayOf(road, all.reject);
  const commitOne = async (n: number) => {
    const id = newId(new Date());
    await appendEvents(pgSql(road.source), [eventOf(id, EVENTS + n)], new Date(), () => newId(new Date()));
    relay.wake();
    committed.set(id, performance.now());
  };
  // The consumer's joining of its group is no part of an event's way.
  await commitOne(0);
  await Promise.race([warm.promise, all.promise]);
  committed.clear();
  const begin = performance.now();
  const commits: Promise<void>[] = [];
  while (commits.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * PER_SECOND));
    while (commits.length < due) commits.push(commitOne(commits.length + 1));
    await new Promise((tick) => setTimeout(tick, 2));
  }
  await Promise.all(commits);
  await all.promise;
  await relay.stop();
  await subscription.stop();
  // A projection can be seen before the commit's answer has reached its caller: that is no wait.
  const waits = [...committed].map(([id, at]) => Math.max(0, (projected.get(id) ?? Infinity) - at));
  return percentile(waits, 0.99);
}

const DATABASES = ['identification', 'industry', 'events'] as const;

/** One transport: throughput, latency at a steady rate on the same installation, and the floor with the same bytes. */
async function measure(kind: Kind, brokers: string | null, say: (line: string) => void): Promise<Figure[]> {
  const { through, p99 } = await withServer(DATABASES, (server) =>
    withRoad(kind, server, brokers ?? '', async (road) => ({
      through: await throughput(road),
      p99: await latency(road),
    })),
  );
  const floor = brokers === null ? null : await kafkaFloor(brokers, `floor-${kind}`, through.records);
  say(
    `${kind}: ${through.perSecond.toFixed(0)} events/s, p99 ${p99.toFixed(0)} ms; floor ${floor?.toFixed(0) ?? '–'} events/s`,
  );
  const note =
    brokers === null ? `no Kafka for the floor: ${HOW_TO_ENABLE}` : 'floor: kafkajs sends and receives the same bytes';
  return [
    {
      id: `B7 ${kind}`,
      what: `${EVENTS} events from outbox to read copy, ${kind}`,
      figure: through.perSecond,
      unit: '/s',
      floor,
      target: { of: 'ratio', atLeast: 0.5 },
      note,
    },
    {
      id: `B7 ${kind} p99`,
      what: `commit to read copy at ${PER_SECOND} events/s, ${kind}`,
      figure: p99,
      unit: 'ms',
      floor: null,
      target: { of: 'figure', atMost: 250 },
    },
  ];
}

/** The Kafka to use: the one that is given, else one of our own, new for each transport; null where there is none. */
async function withKafka<T>(work: (brokers: string | null) => Promise<T>): Promise<T> {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return work(given);
  if (!(await hasJava()) || !hasKafkaLibs()) return work(null);
  const dataDir = await mkdtemp(join(tmpdir(), 'bangfu-bench-kafka-'));
  const kafka = await startLocalKafka({ dataDir });
  try {
    return await work(kafka.brokers);
  } finally {
    await kafka.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function run(_options: unknown, say: (line: string) => void): Promise<readonly Figure[]> {
  const embedded = await withKafka((brokers) => measure('embedded', brokers, say));
  const kafka = await withKafka(async (brokers) => {
    if (brokers !== null) return measure('kafka', brokers, say);
    say(`no Kafka: ${HOW_TO_ENABLE}`);
    return [];
  });
  return [...embedded, ...kafka];
}

/** Events from the outbox to another service's read copy, over both transports. */
export const B7: Benchmark = { name: 'B7', run };
