import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { type EveryService, everyService } from '@bangfu/contracts/core/every-service';
import type { ServiceName } from '@bangfu/contracts/core/operation';
import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import type { PolicyUses } from './policy/verdicts.ts';
import { type Reactions, startConsumer } from '@bangfu/events/inbox/consume';
import { startRelay } from '@bangfu/events/outbox/relay';
import { acceptRestored } from '@bangfu/events/outbox/restore';
import type { Transport } from '@bangfu/events/ports';
import { pgSql } from '@bangfu/data/sql';
import { openTransport } from '@bangfu/events/transport';
import type { Scope } from '@bangfu/domain/shared/roles';
import type { Clock } from '@bangfu/domain/shared/time';
import { type Request, Router } from 'express';
import type { Logger } from 'pino';
import { startSealer } from './audit/seal.ts';
import { tokenVerifier } from './auth/token.ts';
import { ConfigError, readConfig, SERVICE_SETTINGS, WRONG_SETTING } from './config/config.ts';
import type { NewId, OpenTransaction } from './db/command.ts';
import { bulkTransactions } from './db/bulk.ts';
import { newId } from '@bangfu/data/id';
import { asLongWork, LIMITS } from '@bangfu/data/limits';
import { openPool, openServicePool, type Pool, type PoolClient } from '@bangfu/data/pool';
import { upkeep } from './db/upkeep.ts';
import { diskFileStore, type FileStore } from './files/store.ts';
import { openHealth } from './health/health.ts';
import { makeApp } from './http/app.ts';
import { closeServer, listenOn, portOf, SERVICE_KEEP_ALIVE_MS } from './http/server.ts';
import type { Messages } from './http/messages.ts';
import { openPublicAnswers } from './http/public-answers.ts';
import { auditRoutes, copyRoutes, eventRoutes, type Findings, jobRoutes, scopeRoutes } from './http/platform-routes.ts';
import { operationsOf, type RouteKit } from './http/route.ts';
import type { JobHandler } from './jobs/job.ts';
import { type JobWorker, startJobWorker } from './jobs/worker.ts';
import { stopInOrder } from './lifecycle/lifecycle.ts';
import { makeLog } from './logging/log.ts';
import type { Cipher } from './secrets/cipher.ts';
import { type HashColumn, keyHashes, REQUEST_HASH } from './secrets/keyed-hash.ts';
import { type Schedule, startSchedules } from './schedules/schedules.ts';
import { readDataKeys } from './secrets/data-keys.ts';
import { openCipher } from './secrets/open-cipher.ts';
import { startResealing, verifySealed } from './secrets/reseal.ts';
import type { DeclaredRegions } from './regions/region-columns.ts';

export type ServiceConfig = ReturnType<typeof readServiceConfig>;
/** The settings of a service from its environment. @throws ConfigError */
export const readServiceConfig = (env?: NodeJS.ProcessEnv) => readConfig(SERVICE_SETTINGS, env);

/** What a service's features are built from. */
export interface ServiceKit extends RouteKit {
  readonly name: ServiceName;
  readonly ops: EveryService;
  readonly pool: Pool;
  /** Opens a transaction of the service, on its plain connection; the shapes of operations are over it. */
  readonly bulk: OpenTransaction<PoolClient>;
  /** The read-only role's pool, for evaluators and reports. */
  readonly readPool: Pool;
  /** The read-only role's few connections for files that are streamed out, however slow their readers. */
  readonly filePool: Pool;
  readonly cipher: Cipher;
  readonly files: FileStore;
  readonly newId: NewId;
  readonly log: Logger;
  /** Queues ordered jobs at once; without it they are found within a second. */
  readonly nudgeJobs: () => void;
}

/** A service's policies with what serves them. */
export interface ServedPolicies {
  readonly declared: ServicePolicies;
  readonly uses: PolicyUses;
  /** Brings the shipped versions into the service's database. @returns the routes of the operations */
  serve(kit: ServiceKit): Promise<Router>;
}

/** What a service adds to the kit. */
export interface ServiceParts {
  readonly routers: readonly Router[];
  readonly messages: Messages;
  readonly jobs: Readonly<Record<string, JobHandler>>;
  readonly reactions: Reactions;
  /** What it does by the clock, beside what every service does. */
  readonly schedules?: readonly Schedule[];
  /** The query of what grants can be bound to here: columns county_code, kind, id, name, detail, in_use. */
  readonly scopeChoices: string;
  /** Its policies: their operations are served, and their shipped versions are in its database before that. */
  readonly policies?: ServedPolicies;
  /** What becomes of its columns of divisions when these change. */
  readonly regions?: DeclaredRegions;
  /** Makes this service's part of a demo county by its own use cases; not reachable from outside the machine. */
  readonly demo?: (given: DemoGiven) => Promise<DemoScopes>;
  /** Hashes anew what this service has sealed beside its audit log. */
  readonly verifyRecords?: () => Promise<Findings>;
  /** Where this service keeps keyed hashes. */
  readonly keyedHashes?: readonly HashColumn[];
  readonly close?: () => Promise<void>;
}

/** What a demo is made from: the accounts of the demo by name, and the day it is made on. */
export interface DemoGiven {
  readonly countyCode: string;
  readonly accounts: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
  readonly today: Date;
}

/** The scopes that demo accounts get by what was made: `entity` speaks for this cooperative, `helper` for this cadre. */
export type DemoScopes = Readonly<Record<string, Scope>>;

/** A running service. */
export interface RunningService {
  readonly port: number;
  readonly server: Server;
  readonly demo: ServiceParts['demo'];
  /** What works off its jobs. */
  readonly worker: JobWorker;
  stop(): Promise<void>;
}

/**
 * Starts a service: pools, routes, job worker, audit sealer, outbox relay and consumer. `clock` is the system's in
 * production; test entry points give their own (architecture, decision 16).
 */
export async function startService(
  name: ServiceName,
  build: (kit: ServiceKit) => ServiceParts | Promise<ServiceParts>,
  options: { config?: ServiceConfig; clock?: Clock } = {},
): Promise<RunningService> {
  const config = options.config ?? readServiceConfig();
  const clock = options.clock ?? (() => new Date());
  const log = makeLog(`${name}-service`, config.BANGFU_LOG_LEVEL);
  const pool = openServicePool(config.DATABASE_URL_APP);
  const readPool = openPool(config.DATABASE_URL_READ, 5, LIMITS.request);
  const filePool = openPool(config.DATABASE_URL_READ, 4, LIMITS.file);
  const verify = await tokenVerifier(config.BANGFU_TOKEN_PUBLIC_KEY);
  mkdirSync(config.BANGFU_FILES, { recursive: true, mode: 0o700 });
  const keys = readDataKeys(config.BANGFU_DATA_KEY, config.BANGFU_OLD_DATA_KEYS);
  const files = diskFileStore(config.BANGFU_FILES, keys, name);
  const cipher = await openCipher(pool, name, keys, async () => {
    const { value } = await files.all().next();
    if (value) for await (const _ of await files.read(value.sha256));
  });
  await files.clearLeftovers();
  let nudge = () => {};
  let wake = () => {};
  let lag = async () => ({ events: 0, oldestMs: 0 });
  let isRewound = () => false;
  let acceptOutbox = async () => 0;
  const publicAnswers = openPublicAnswers(clock);
  // Wakes the relay; otherwise it finds waiting events at its next look.
  const afterCommit = () => {
    publicAnswers.clear();
    wake();
  };
  const kit: ServiceKit = {
    name,
    ops: everyService(name),
    pool,
    bulk: bulkTransactions(pool, { cipher, afterCommit }),
    readPool,
    filePool,
    cipher,
    files,
    newId,
    log,
    clock,
    nudgeJobs: () => nudge(),
    publicAnswers,
    // Tokens are checked against the machine's time, not the business clock that tests may set.
    authenticate: (request: Request) => verify(bearer(request), new Date()),
  };
  const parts = await build(kit);
  const shared = Router();
  const sealed = { pool, cipher, files };
  auditRoutes(shared, kit, kit.ops, [
    () => verifySealed(sealed),
    ...(parts.verifyRecords ? [parts.verifyRecords] : []),
  ]);
  const inbox = { pool, group: name, reactions: parts.reactions, log };
  eventRoutes(shared, kit, kit.bulk, kit.ops, inbox, () => acceptOutbox());
  jobRoutes(shared, { ...kit, messages: parts.messages }, kit.ops);
  copyRoutes(shared, { ...kit, messages: parts.messages }, kit.ops);
  scopeRoutes(shared, { ...kit, messages: parts.messages }, kit.ops, parts.scopeChoices);
  const policies = await parts.policies?.serve(kit);
  const routers = [shared, ...(policies ? [policies] : []), ...parts.routers];
  const app = makeApp({
    name,
    prefix: `/api/${name}`,
    routers,
    operations: routers.flatMap(operationsOf),
    messages: parts.messages,
    log,
    health: openHealth({
      pool,
      pools: [pool, readPool, filePool],
      lag: () => lag(),
      isRewound: () => isRewound(),
      room: () => files.room(),
    }),
  });
  const transport: Transport = await openTransport({
    kind: config.BANGFU_EVENTS,
    databaseUrl: config.DATABASE_URL_EVENTS,
    brokers: config.KAFKA_BROKERS,
    clientId: `bangfu-${name}`,
    log,
  });
  const worker = await startJobWorker({ pool, databaseUrl: config.DATABASE_URL_APP, handlers: parts.jobs, log });
  nudge = () => void worker.nudge().catch(() => undefined);
  const { sealer, schedules, resealing, relay, consumer } = await asLongWork(async () => {
    await keyHashes(pool, cipher, [REQUEST_HASH, ...(parts.keyedHashes ?? [])]);
    return {
      sealer: startSealer(pool, log),
      schedules: await startSchedules({
        pool,
        databaseUrl: config.DATABASE_URL_APP,
        schedules: [upkeep(pool), ...(parts.schedules ?? [])],
        log,
      }),
      resealing: startResealing(sealed, log),
      relay: startRelay({ service: name, pool, transport, log }),
      consumer: await startConsumer({ service: name, pool, transport, reactions: parts.reactions, log }),
    };
  });
  wake = () => relay.wake();
  lag = () => relay.lag();
  isRewound = () => relay.isRewound();
  acceptOutbox = async () => acceptRestored(pgSql(pool), (await transport.lastOf?.(`/bangfu/${name}`)) ?? []);
  const at = { port: config.BANGFU_SERVICE_PORT, host: '127.0.0.1' };
  const server = await listenOn(app, at, { keepAliveMs: SERVICE_KEEP_ALIVE_MS });
  const steps = [
    () => closeServer(server),
    () => consumer.stop(),
    () => worker.stop(),
    () => relay.stop(),
    () => sealer.stop(),
    () => schedules.stop(),
    () => resealing.stop(),
    () => transport.close(),
    () => parts.close?.(),
    () => Promise.all([pool, readPool, filePool].map((each) => each.end())),
  ];
  return {
    port: portOf(server),
    server,
    demo: parts.demo,
    worker,
    stop: async () => {
      for (const step of steps) await step();
    },
  };
}

/** Runs a service as a process of its own until it is told to stop. `clock` is given by test entry points only. */
export async function serveUntilStopped(
  name: ServiceName,
  build: (kit: ServiceKit) => ServiceParts | Promise<ServiceParts>,
  options: { clock?: Clock } = {},
): Promise<void> {
  const service = await startService(name, build, options).catch(endOnWrongSetting);
  stopInOrder(makeLog(`${name}-service`, 'info'), [() => service.stop()]);
  process.on('message', (message) => void makeDemo(service, message));
  process.send?.({ ready: name, port: service.port });
}

/** The parent that starts a demo county asks for it over the channel only it has. */
async function makeDemo(service: RunningService, message: unknown): Promise<void> {
  const { kind, given } = message as { kind?: string; given?: Omit<DemoGiven, 'today'> & { today: string } };
  if (kind !== 'demo' || !given) return;
  try {
    const { demo } = service;
    const scopes = (await asLongWork(async () => demo?.({ ...given, today: new Date(given.today) }))) ?? {};
    process.send?.({ kind: 'demo', scopes });
  } catch (error) {
    process.send?.({ kind: 'demo', failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** A wrong setting ends the process in words; another start would find it no better. */
function endOnWrongSetting(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(WRONG_SETTING);
}

function bearer(request: Request): string | undefined {
  const header = request.headers.authorization;
  return header?.startsWith('Bearer ') ? header.slice(7) : undefined;
}
