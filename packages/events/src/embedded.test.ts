import pg from 'pg';
import { inject } from 'vitest';
import { type TransportWorld, transportConformance } from './conformance.ts';
import { openWorld, quiet } from './conformance-world.ts';
import { postgresTransport } from './postgres/transport.ts';

/** The log's database lies apart, so that it can be away while the service's is there. */
async function setUp(): Promise<TransportWorld> {
  const serverUrl = inject('postgresUrl');
  const service = await openWorld(serverUrl);
  const log = await openWorld(serverUrl);
  const { name } = log.database;
  const asServer = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return {
    ...service,
    open: () => postgresTransport({ url: log.url, log: quiet }),
    outage: {
      down: () =>
        asServer(
          `alter database ${name} allow_connections false`,
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
        ),
      up: () => asServer(`alter database ${name} allow_connections true`),
    },
    close: async () => {
      await service.close();
      await log.close();
    },
  };
}

transportConformance('embedded log', setUp);
