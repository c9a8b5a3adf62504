import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DatabaseName, platformMigrations, prismaMigrations } from '@bangfu/infra/postgres/databases';
import { type DatabaseUrls, establishDatabase, migrateDatabase } from '@bangfu/infra/postgres/migrate';
import { applyMigrations } from '@bangfu/infra/postgres/prisma-engine';
import pg from 'pg';
import { onServer, urlOf } from './postgres.ts';

const SECRET = 'test';
const MIGRATING = ['migrate.ts', 'databases.ts'].map((file) =>
  import.meta.resolve(`@bangfu/infra/postgres/${file.replace('.ts', '')}`),
);

/** The name of a template: another one as soon as a migration, or how roles are made, is another. */
function templateName(name: DatabaseName): string {
  const own = name === 'events' ? [] : prismaMigrations(name).migrations;
  const hash = createHash('sha256').update(JSON.stringify([...platformMigrations(name), ...own]));
  for (const source of MIGRATING) hash.update(readFileSync(new URL(source)));
  return `template_${name}_${hash.digest('hex').slice(0, 12)}`;
}

/** Makes the template and its roles, once for a server: test files in other processes wait for the first. */
async function makeTemplate(serverUrl: string, name: DatabaseName, template: string): Promise<DatabaseUrls> {
  return onServer(serverUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [template]);
    const { rows } = await client.query<{ isReady: boolean }>(
      'SELECT datistemplate AS "isReady" FROM pg_database WHERE datname = $1',
      [template],
    );
    const isReady = rows[0]?.isReady ?? false;
    if (rows[0] && !isReady) await client.query(`DROP DATABASE ${pg.escapeIdentifier(template)} WITH (FORCE)`);
    const urls = await establishDatabase(serverUrl, template, SECRET);
    if (isReady) return urls;
    await migrateDatabase(name, urls);
    // Marked last, so that a half-made one is never cloned.
    await client.query(`ALTER DATABASE ${pg.escapeIdentifier(template)} IS_TEMPLATE true`);
    return urls;
  });
}

const made = new Map<string, Promise<DatabaseUrls>>();

/**
 * A database of a service as its migrations leave it, for one test file: a copy of one that is migrated once for a
 * server, with the same roles. @returns its addresses by role
 */
export async function migratedDatabase(serverUrl: string, name: DatabaseName): Promise<DatabaseUrls> {
  const template = templateName(name);
  const key = `${serverUrl} ${template}`;
  const making = made.get(key) ?? makeTemplate(serverUrl, name, template);
  made.set(key, making);
  const urls = await making;
  const copy = `${name}_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await onServer(serverUrl, async (client) => {
    const [to, from] = [copy, template].map((each) => pg.escapeIdentifier(each));
    const owner = pg.escapeIdentifier(new URL(urls.migrator).username);
    await client.query(`CREATE DATABASE ${to} OWNER ${owner} TEMPLATE ${from} STRATEGY file_copy`);
    // What roles may do with the database itself is not copied.
    const { rows } = await client.query<{ grant: string }>(
      `SELECT format('GRANT %s ON DATABASE %I TO %s', string_agg(a.privilege_type, ', '), $2::text,
                CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END) AS grant
         FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = $1 GROUP BY a.grantee`,
      [template, copy],
    );
    await client.query(`REVOKE ALL ON DATABASE ${to} FROM PUBLIC`);
    for (const { grant } of rows) await client.query(grant);
  });
  return Object.fromEntries(
    Object.entries(urls).map(([role, url]: [string, string]) => [role, urlOf(url, copy)]),
  ) as unknown as DatabaseUrls;
}

/**
 * A database of a service as it was before one of its migrations.
 * @param migration what the migration's name ends with
 * @returns the migrator's address, and what applies that migration
 */
export async function databaseBefore(
  serverUrl: string,
  name: Exclude<DatabaseName, 'events'>,
  migration: string,
): Promise<{ readonly url: string; migrate(): Promise<void> }> {
  const { schema, migrations } = prismaMigrations(name);
  const at = migrations.findIndex((each) => each.name.endsWith(migration));
  if (at < 0) throw new Error(`${name} has no migration ${migration}`);
  const { migrator } = await establishDatabase(serverUrl, `${name}_${randomUUID().slice(0, 8)}`, SECRET);
  await applyMigrations(migrator, schema, migrations.slice(0, at));
  return {
    url: migrator,
    migrate: async () => void (await applyMigrations(migrator, schema, migrations.slice(0, at + 1))),
  };
}
