import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nameSkip } from '@bangfu/testkit/named-skips';
import pg from 'pg';
import { afterAll, describe, expect, inject, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../../../infra/docker/create-databases.sh', import.meta.url));
const NAMES = ['gateway', 'identification', 'pairing', 'industry', 'training', 'evaluation'];
const KINDS = ['migrator', 'app', 'read', 'report'];
const hasPsql = spawnSync('psql', ['--version']).status === 0;
if (!hasPsql) nameSkip('the databases of a compose installation', 'install postgresql-client');

const settingOf = (name: string, kind: string) => `${name}_${kind === 'app' ? '' : `${kind}_`}password`.toUpperCase();

describe.skipIf(!hasPsql)('given the databases of a compose installation', () => {
  const server = new URL(inject('postgresUrl'));
  const make = (passwords: Record<string, string>) =>
    promisify(execFile)('sh', [SCRIPT], {
      env: {
        PATH: process.env['PATH'],
        PGHOST: server.hostname,
        PGPORT: server.port,
        PGUSER: server.username,
        PGPASSWORD: server.password,
        ...passwords,
      },
    });
  const as = async <T>(user: string, password: string, database: string, text: string): Promise<T[]> => {
    const client = new pg.Client({ host: server.hostname, port: Number(server.port), user, password, database });
    await client.connect();
    try {
      return (await client.query(text)).rows as T[];
    } finally {
      await client.end();
    }
  };
  const admin = <T>(text: string) => as<T>(server.username, server.password, 'postgres', text);
  const passwords = (mark: string) =>
    Object.fromEntries(
      NAMES.flatMap((name) => KINDS.map((kind) => [settingOf(name, kind), `${mark}${name}${kind}`] as const)),
    );

  afterAll(async () => {
    for (const name of NAMES) {
      await admin(`DROP DATABASE IF EXISTS ${name}`);
      for (const kind of KINDS) await admin(`DROP ROLE IF EXISTS ${name}_${kind}`);
    }
  });

  it('when an earlier release made them with one password for three roles, then each role gets its own and all data stays', async () => {
    // As that release made them.
    for (const kind of ['migrator', 'app', 'read']) await admin(`CREATE ROLE pairing_${kind} LOGIN PASSWORD 'shared'`);
    await admin('CREATE DATABASE pairing OWNER pairing_migrator');
    await as('pairing_migrator', 'shared', 'pairing', 'CREATE TABLE kept AS SELECT 1 AS n');
    for (const mark of ['one', 'two']) {
      const given = passwords(mark);
      await make(given);
      for (const name of NAMES) {
        for (const kind of KINDS) {
          const login = (password: string) => as(`${name}_${kind}`, password, name, 'SELECT 1');
          await expect(login(given[settingOf(name, kind)] ?? '')).resolves.toHaveLength(1);
          for (const other of KINDS.filter((each) => each !== kind)) {
            await expect(login(given[settingOf(name, other)] ?? '')).rejects.toThrow(/password authentication failed/);
          }
          await expect(login('shared')).rejects.toThrow(/password authentication failed/);
        }
      }
    }
    const kept = await as(
      'pairing_migrator',
      passwords('two')['PAIRING_MIGRATOR_PASSWORD'] ?? '',
      'pairing',
      'SELECT n FROM kept',
    );
    expect(kept).toEqual([{ n: 1 }]);
    const orders = await admin<{ collation: string }>(
      `SELECT DISTINCT datcollate AS collation FROM pg_database WHERE datname IN ('gateway', 'training')`,
    );
    expect(orders).toEqual([{ collation: 'C' }]);
  });
});
