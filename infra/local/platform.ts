import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchKafka } from '../kafka/fetch.ts';
import { startLocalKafka } from '../kafka/local-broker.ts';
import { DATABASES } from '../postgres/databases.ts';
import { migrateDatabase } from '../postgres/migrate.ts';
import { type LocalPostgres, startPostgres } from '../postgres/server.ts';
import { freePort } from './free-port.ts';
import {
  allDatabasesGiven,
  appFolder,
  commonEnvironment,
  type Databases,
  establishDatabases,
  gatewayEnvironment,
  SERVICES,
  type Service,
  serviceEnvironment,
} from './environment.ts';
import { keepRunning } from './keep-running.ts';
import { SettingsRefused, type StartOptions, WrongSetting } from './options.ts';
import { findRunning, forgetRunning, noteRunning } from './running.ts';
import { installationSecrets } from './secrets.ts';
import { type Supervised, supervise } from './supervise.ts';

/** The running platform of one machine. */
export interface Platform {
  readonly url: string;
  readonly databases: Databases;
  readonly gateway: Supervised;
  /** All processes of ours, by name; the database server and a local broker apart. */
  readonly processes: readonly Supervised[];
  /** Printed once: the password made for the first administrator. */
  readonly firstPassword: () => string | null;
  stop(): Promise<void>;
}

/**
 * Starts everything one machine needs: database server, broker, migrations, services, gateway; waits until healthy.
 * @param program what runs of each app; only tests name another, whose clock they move
 */
export async function startPlatform(
  options: StartOptions,
  say: (line: string) => void,
  program = 'src/main.ts',
): Promise<Platform> {
  mkdirSync(options.data, { recursive: true });
  requireRoom(options.data);
  const other = findRunning(options.data);
  if (other)
    throw new WrongSetting('BANGFU_DATA', options.data, `没有平台正在使用的目录（进程 ${other.pid} 正在使用它）`);
  const secrets = installationSecrets(options.data);
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const server = allDatabasesGiven(process.env) ? null : await keepPostgres(join(options.data, 'postgres'));
    if (server) closers.push(() => server.stop());
    const serverUrl = server?.current().url ?? null;
    noteRunning(options.data, serverUrl);
    closers.push(async () => forgetRunning(options.data));
    const databases = await establishDatabases(serverUrl, secrets.databaseSecret, process.env);
    const applied = await Promise.all(DATABASES.map((name) => migrateDatabase(name, databases[name])));
    const changes = applied.reduce((sum, n) => sum + n, 0);
    if (changes > 0) say(`数据库结构已更新（${changes} 项）`);

    let brokers = options.brokers;
    if (options.events === 'kafka' && brokers === '') {
      await fetchKafka();
      // Its data folder remembers its ports.
      const kafka = await keepRunning('Kafka', () => startLocalKafka({ dataDir: join(options.data, 'kafka') }));
      closers.push(() => kafka.stop());
      brokers = kafka.current().brokers;
      say(`本机 Kafka 已启动：${brokers}`);
    }

    const common = commonEnvironment(options, secrets, databases, brokers);
    const logs = join(options.data, 'logs');
    const ports = Object.fromEntries(
      await Promise.all(SERVICES.map(async (name) => [name, await freePort()] as const)),
    ) as Record<Service, number>;
    const port = options.port === 0 ? await freePort() : options.port;
    const start = (name: Service | 'gateway', env: NodeJS.ProcessEnv) => {
      const process = supervise({ name, folder: appFolder(name), program, env, logs });
      closers.push(() => process.stop());
      return process;
    };
    const services = SERVICES.map((name) =>
      start(name, serviceEnvironment(common, name, ports[name], databases, options.data)),
    );
    const gateway = start('gateway', gatewayEnvironment(common, { ...options, port }, secrets, databases, ports));
    let firstPassword: string | null = null;
    gateway.onMessage((message) => {
      const given = (message as { firstPassword?: unknown }).firstPassword;
      if (typeof given === 'string') firstPassword = given;
    });
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, [...services, gateway]);
    return {
      url,
      databases,
      gateway,
      processes: [...services, gateway],
      firstPassword: () => firstPassword,
      // Children first and together; the servers they use after them.
      stop: async () => {
        await Promise.all([...services, gateway].map((process) => process.stop()));
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A database server that is started without room for its log of changes ends again. */
const MIN_FREE_BYTES = 100 * 1024 * 1024;

/** @throws WrongSetting when the disk of the data folder is full */
function requireRoom(data: string): void {
  const { bavail, bsize } = statfsSync(data);
  const megabytes = (bytes: number) => `${Math.floor(bytes / 1_048_576)} MB`;
  if (bavail * bsize < MIN_FREE_BYTES)
    throw new WrongSetting(
      'BANGFU_DATA',
      data,
      `至少有 ${megabytes(MIN_FREE_BYTES)} 空闲的磁盘（现在只剩 ${megabytes(bavail * bsize)}）：请清出空间后再启动，数据没有丢失`,
    );
}

/** Our own PostgreSQL, under the same address when it has to be started again. */
const keepPostgres = (folder: string) =>
  keepRunning<LocalPostgres>('PostgreSQL', (before) => startPostgres(folder, before ? { port: before.port } : {}));

const READY_WITHIN_MS = 120_000;

async function untilReady(url: string, processes: readonly Supervised[]): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let last = '';
  while (Date.now() < deadline) {
    const refused = processes.find((process) => process.refusal() !== null);
    if (refused) throw new SettingsRefused(refused.refusal() ?? '');
    try {
      const answer = await fetch(`${url}/readyz`);
      if (answer.ok) return;
      last = await answer.text();
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const names = processes.filter((process) => process.child().exitCode !== null).map((process) => process.name);
  throw new Error(`平台在两分钟内没有就绪：${names.length > 0 ? `${names.join('、')} 没有运行` : last}`);
}
