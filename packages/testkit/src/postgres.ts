import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import type {} from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection text of a superuser on the server of this test run. */
    postgresUrl: string;
  }
}

export interface TestDatabase {
  name: string;
  /** Connection text of the superuser. */
  url: string;
  drop(): Promise<void>;
}

/** Connection text for another database of the same server. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Connection text of a role with password that the test made. */
export function urlAs(databaseUrl: string, role: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = password;
  return url.href;
}

/** Works on a connection of the server’s own. */
export async function onServer<R>(serverUrl: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes a template database once for a test run and returns its name. `version` names what `prepare` makes of it (a
 * hash of the migrations): test files with the same name and version share it, another version is another template.
 */
export async function templateDatabase(
  serverUrl: string,
  { name, version, prepare }: { name: string; version: string; prepare: (url: string) => Promise<void> },
): Promise<string> {
  const template = `template_${name}_${createHash('sha256').update(version).digest('hex').slice(0, 12)}`;
  return onServer(serverUrl, async (client) => {
    // Test files run in several processes; the first makes it and the others wait.
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [template]);
    const { rows } = await client.query<{ ready: boolean }>(
      'select datistemplate as ready from pg_database where datname = $1',
      [template],
    );
    if (rows[0]?.ready) return template;
    await client.query(`drop database if exists "${template}"`);
    await client.query(`create database "${template}"`);
    await prepare(urlOf(serverUrl, template));
    // Marked last, so that a half-made one is never cloned.
    await client.query(`alter database "${template}" is_template true`);
    return template;
  });
}

/** Clones a template for one test file. Whoever takes it drops it. */
export async function freshDatabase(serverUrl: string, template: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, (client) => client.query(`create database "${name}" template "${template}"`));
  return {
    name,
    url: urlOf(serverUrl, name),
    drop: () =>
      onServer(serverUrl, async (client) => {
        await client.query(`drop database if exists "${name}" with (force)`);
      }),
  };
}
