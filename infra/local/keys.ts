import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../postgres/binaries.ts';
import { migrateDatabase } from '../postgres/migrate.ts';
import { startPostgres } from '../postgres/server.ts';
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
import { findInstallation } from './installation.ts';
import { readOptions, type StartOptions, WrongSetting } from './options.ts';
import { findRunning } from './running.ts';
import { findSecrets, keepSecrets, makeDataKey, type Secrets } from './secrets.ts';

const OWNERS = [...SERVICES, 'gateway'] as const;
type Owner = (typeof OWNERS)[number];

/** How many values and files of each service are sealed by which key; `first` is the form of the first release. */
export interface KeysStatus {
  readonly sealed: Readonly<Record<Owner, Readonly<Record<string, number>>>>;
  /** How many earlier data keys are kept because something may still be sealed with them. */
  readonly earlierKeys: number;
}

/** Runs `work` with the databases of a data folder, whose server is started for the moment when nothing runs there. */
async function withDatabases<T>(
  options: StartOptions,
  secrets: Secrets,
  work: (databases: Databases) => Promise<T>,
): Promise<T> {
  const running = findRunning(options.data);
  const isOurs = !running && !allDatabasesGiven(process.env);
  const server = isOurs ? await startPostgres(join(options.data, 'postgres')) : null;
  try {
    const url = server?.url ?? running?.databaseServer ?? null;
    return await work(await establishDatabases(url, secrets.databaseSecret, process.env));
  } finally {
    await server?.stop();
  }
}

/** Has every app look at what it sealed, or seal it again. */
async function askAll(
  act: 'status' | 'reseal',
  options: StartOptions,
  secrets: Secrets,
  databases: Databases,
  say: (line: string) => void,
): Promise<KeysStatus['sealed']> {
  const common = commonEnvironment(options, secrets, databases, options.brokers);
  const nowhere = Object.fromEntries(SERVICES.map((name) => [name, 1])) as Record<Service, number>;
  const environment = (name: Owner) =>
    name === 'gateway'
      ? gatewayEnvironment(common, options, secrets, databases, nowhere)
      : serviceEnvironment(common, name, 1, databases, options.data);
  const sealed = {} as Record<Owner, Record<string, number>>;
  for (const name of OWNERS) {
    say(`${name}…`);
    const env = { ...environment(name), BANGFU_LOG_LEVEL: 'silent' };
    const answer = await run(process.execPath, ['--conditions=SOURCE', 'src/keys.ts', act], {
      cwd: appFolder(name),
      env,
    });
    sealed[name] = JSON.parse(answer) as Record<string, number>;
  }
  return sealed;
}

function opened(data: string | undefined): { options: StartOptions; secrets: Secrets } {
  const options = readOptions(data === undefined ? {} : { data });
  const secrets = findSecrets(options.data);
  if (!secrets) throw new WrongSetting('BANGFU_DATA', options.data, '平台启动过的数据目录');
  return { options: { ...options, county: findInstallation(options.data)?.county ?? options.county }, secrets };
}

/** Which keys seal how much in a data folder, whether the platform runs on it or not. @throws WrongSetting */
export async function keysStatus(data: string | undefined, say: (line: string) => void): Promise<KeysStatus> {
  const { options, secrets } = opened(data);
  return withDatabases(options, secrets, async (databases) => ({
    sealed: await askAll('status', options, secrets, databases, say),
    earlierKeys: secrets.oldDataKeys?.length ?? 0,
  }));
}

/**
 * Gives a data folder a new data key and seals everything with it, while the platform is stopped. Cut off at any moment
 * it loses nothing: both keys are kept until nothing is sealed with the earlier one any more, a start goes on sealing,
 * and the same command finishes what was begun.
 * @throws WrongSetting while the platform runs on the folder, or when nothing is there
 */
export async function rotateKeys(data: string | undefined, say: (line: string) => void): Promise<KeysStatus> {
  const { options, secrets: before } = opened(data);
  const running = findRunning(options.data);
  if (running)
    throw new WrongSetting(
      'BANGFU_DATA',
      options.data,
      `已停止的平台的数据目录（进程 ${running.pid} 正在使用，请先停止）`,
    );
  if (!allDatabasesGiven(process.env) && !existsSync(join(options.data, 'postgres/cluster/PG_VERSION')))
    throw new WrongSetting('BANGFU_DATA', options.data, '平台启动过的数据目录');
  const earlier = before.oldDataKeys ?? [];
  // A change that was begun is finished first.
  const secrets: Secrets =
    earlier.length > 0 ? before : { ...before, dataKey: makeDataKey(), oldDataKeys: [before.dataKey] };
  if (earlier.length === 0) keepSecrets(options.data, secrets);
  return withDatabases(options, secrets, async (databases) => {
    for (const name of OWNERS) await migrateDatabase(name, databases[name]);
    const sealed = await askAll('reseal', options, secrets, databases, say);
    const keys = new Set(Object.values(sealed).flatMap((counts) => Object.keys(counts)));
    // Every service has a canary, so that the current key is always among them.
    if (keys.size > 1) return { sealed, earlierKeys: secrets.oldDataKeys?.length ?? 0 };
    const { oldDataKeys: _dropped, ...kept } = secrets;
    keepSecrets(options.data, kept);
    return { sealed, earlierKeys: 0 };
  });
}
