import { randomBytes } from 'node:crypto';
import { establishDatabase, migrateDatabase } from '@bangfu/infra/postgres/migrate';
import '@bangfu/testkit/postgres';
import { describe, expect, inject, it } from 'vitest';
import { openPool } from '@bangfu/data/pool';

describe('given a database that was brought to the present', () => {
  it('when that is done, then no connection of it remains, which would hold up the next for ten seconds', async () => {
    const urls = await establishDatabase(inject('postgresUrl'), `moved_${randomBytes(5).toString('hex')}`, 'secret');
    expect(await migrateDatabase('training', urls)).toBeGreaterThan(0);
    const pool = openPool(urls.read, 1);
    const { rows } = await pool.query(
      `SELECT application_name, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await pool.end();
    expect(rows).toEqual([]);
  });
});
