import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Databases, establishDatabases } from '@bangfu/infra/local/environment';
import { installationSecrets, type Secrets } from '@bangfu/infra/local/secrets';
import type { DatabaseName } from '@bangfu/infra/postgres/databases';
import { migrateDatabase } from '@bangfu/infra/postgres/migrate';
import { startPostgres } from '@bangfu/infra/postgres/server';

/** A durable database server of our own with an installation's databases, as the start command makes them. */
export interface BenchServer {
  readonly folder: string;
  readonly url: string;
  readonly secrets: Secrets;
  readonly databases: Databases;
}

/** Runs `work` on a new server and takes everything away afterwards. `names` are the databases that are migrated. */
export async function withServer<T>(
  names: readonly DatabaseName[],
  work: (server: BenchServer) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bangfu-bench-'));
  // As root the server runs as another user, who passes through.
  await chmod(folder, 0o755);
  const secrets = installationSecrets(folder);
  const server = await startPostgres(join(folder, 'postgres'));
  try {
    const databases = await establishDatabases(server.url, secrets.databaseSecret, {});
    for (const name of names) await migrateDatabase(name, databases[name]);
    return await work({ folder, url: server.url, secrets, databases });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
