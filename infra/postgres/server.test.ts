import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startPostgres } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'bangfu-postgres-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

describe('given a server with somebody busy in it', () => {
  it('when it is killed, then it is started again at once under its address, with what was committed', async () => {
    const server = await startPostgres(folder, { fast: true });
    const client = await connected(server.url);
    await client.query('CREATE TABLE kept AS SELECT 1 AS n');
    await client.query('CHECKPOINT');
    const busy = await connected(server.url);
    // Waits for nothing, so that its process does not notice the end of the server for minutes.
    const counting = busy.query('SELECT count(*) FROM generate_series(1, 2000000000)').catch((error: Error) => error);
    process.kill(server.pid, 'SIGKILL');
    await server.ended;

    const again = await startPostgres(folder, { fast: true, port: server.port });
    try {
      expect(again.url).toBe(server.url);
      expect(await counting).toBeInstanceOf(Error);
      const after = await connected(again.url);
      expect((await after.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]);
      await after.end();
    } finally {
      await again.stop();
    }
  }, 120_000);
});
