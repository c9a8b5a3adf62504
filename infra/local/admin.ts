import { join } from 'node:path';
import { migrateDatabase } from '../postgres/migrate.ts';
import { run } from '../postgres/binaries.ts';
import { startPostgres } from '../postgres/server.ts';
import {
  allDatabasesGiven,
  appFolder,
  commonEnvironment,
  establishDatabases,
  gatewayEnvironment,
  SERVICES,
  type Service,
} from './environment.ts';
import { findInstallation } from './installation.ts';
import { readOptions } from './options.ts';
import { findRunning } from './running.ts';
import { installationSecrets } from './secrets.ts';

/**
 * Makes a first or further administrator on this machine, without the platform having to run: the database server is
 * started for the moment when it is not one of somebody else's.
 * @returns the one-time password, shown once
 */
export async function createAdmin(given: {
  name: string;
  data?: string;
}): Promise<{ username: string; password: string }> {
  const options = readOptions(given.data === undefined ? {} : { data: given.data });
  const county = findInstallation(options.data)?.county ?? options.county;
  const secrets = installationSecrets(options.data);
  const running = findRunning(options.data);
  const isOurs = !running && !allDatabasesGiven(process.env);
  const server = isOurs ? await startPostgres(join(options.data, 'postgres')) : null;
  try {
    const databases = await establishDatabases(
      server?.url ?? running?.databaseServer ?? null,
      secrets.databaseSecret,
      process.env,
    );
    await migrateDatabase('gateway', databases.gateway);
    const settled = { ...options, county };
    const common = commonEnvironment(settled, secrets, databases, options.brokers);
    const nowhere = Object.fromEntries(SERVICES.map((name) => [name, 1])) as Record<Service, number>;
    const password = await run(process.execPath, ['--conditions=SOURCE', 'src/create-admin.ts', given.name], {
      cwd: appFolder('gateway'),
      env: gatewayEnvironment(common, settled, secrets, databases, nowhere),
    });
    return { username: given.name, password: password.trim() };
  } finally {
    await server?.stop();
  }
}
