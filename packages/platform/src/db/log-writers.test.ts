import { randomBytes } from 'node:crypto';
import { SERVICES } from '@bangfu/contracts/core/operation';
import { catalogue } from '@bangfu/events/catalog/all';
import { type DatabaseUrls, establishDatabase, migrateDatabase } from '@bangfu/infra/postgres/migrate';
import pg from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';

const TOPICS = [...new Set(catalogue.map(({ topic }) => topic))];
let urls: DatabaseUrls;

async function asRole<T>(url: string | undefined, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
const append = (client: pg.Client, ...topics: string[]) =>
  client.query('SELECT platform.append_log($1, $2, $3)', [topics, topics.map(() => 'key'), topics.map(() => '{}')]);

describe('given the event log of an installation', () => {
  beforeAll(async () => {
    const name = `events_${randomBytes(4).toString('hex')}`;
    urls = await establishDatabase(inject('postgresUrl'), name, 'test', SERVICES);
    await migrateDatabase('events', urls);
  });

  it.each(SERVICES)('when %s appends, then to its own topics only, also among others’', async (service) => {
    await asRole(urls.writers?.[service], async (client) => {
      const [own = ''] = TOPICS.filter((topic) => topic.startsWith(`${service}.`));
      expect(own).not.toBe('');
      for (const topic of TOPICS) {
        const done = append(client, topic);
        if (topic.startsWith(`${service}.`)) await expect(done).resolves.toBeDefined();
        else {
          await expect(done, topic).rejects.toThrow(/permission denied/);
          await expect(append(client, own, topic), topic).rejects.toThrow(/permission denied/);
        }
      }
      await expect(append(client, `${service}x.household`)).rejects.toThrow(/permission denied/);
    });
  });

  it('when any role goes round the function, then the log, and who may append, stay closed', async () => {
    const { rows } = await asRole(urls.migrator, (client) =>
      client.query('SELECT count(*)::int AS n FROM platform.log'),
    );
    for (const url of [...Object.values(urls.writers ?? {}), urls.app, urls.read, urls.report]) {
      await asRole(url, async (client) => {
        for (const text of [
          `INSERT INTO platform.log (position, topic, key, partition, value) VALUES (1000000, 'x.y', 'k', 0, '{}')`,
          `UPDATE platform.log SET value = '{}'`,
          'DELETE FROM platform.log',
          `INSERT INTO platform.log_writer VALUES (session_user, '*')`,
          `UPDATE platform.log_writer SET service = '*'`,
        ]) {
          await expect(client.query(text), text).rejects.toThrow(/permission denied/);
        }
      });
    }
    for (const url of [urls.app, urls.read, urls.report]) {
      await expect(asRole(url, (client) => append(client, TOPICS[0] ?? ''))).rejects.toThrow(/permission denied/);
    }
    expect(rows[0].n).toBe(TOPICS.length);
  });
});
