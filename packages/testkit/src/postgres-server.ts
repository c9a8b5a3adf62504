import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres as startLocal } from '@bangfu/infra/postgres/server';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { hasDocker } from './docker.ts';

export interface PostgresServer {
  /** Connection text of a superuser. */
  url: string;
  stop(): Promise<void>;
}

async function container(): Promise<PostgresServer> {
  const server = await new PostgreSqlContainer('postgres:18')
    .withCommand(['postgres', '-c', 'max_connections=200', '-c', 'fsync=off', '-c', 'synchronous_commit=off'])
    .start();
  return {
    url: server.getConnectionUri(),
    stop: async () => {
      await server.stop();
    },
  };
}

async function embedded(): Promise<PostgresServer> {
  // Under the system's temporary place: as root the server runs as another user, who may not enter a checkout.
  const folder = await mkdtemp(join(tmpdir(), 'bangfu-postgres-'));
  const server = await startLocal(folder, { fast: true });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The PostgreSQL that tests use: the one named by DATABASE_URL_TEST, else a container where Docker runs, else the
 * embedded server.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['DATABASE_URL_TEST'];
  if (given) return { url: given, stop: async () => undefined };
  return (await hasDocker()) ? container() : embedded();
}
