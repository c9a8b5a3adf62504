import { createHash } from 'node:crypto';
import { getConstructionPlans } from 'pg-boss';
import { Connection } from '../../packages/events/src/connection.ts';
import { APPEND_ONLY, type DatabaseName, platformMigrations, prismaMigrations } from './databases.ts';
import { applyMigrations } from './prisma-engine.ts';

/** Addresses of one database by role: the migrator owns it, the application writes, the reader only reads. */
export interface DatabaseUrls {
  readonly migrator: string;
  readonly app: string;
  readonly read: string;
}

const QUEUE_SCHEMA = 'pgboss';

async function withClient<T>(url: string, work: (client: Connection) => Promise<T>): Promise<T> {
  const client = new Connection({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The password of a role, derived from the installation's secret: the same on every start, kept nowhere else. */
function rolePassword(secret: string, role: string): string {
  return createHash('sha256').update(`${secret}\0${role}`).digest('hex').slice(0, 40);
}

/**
 * Makes the database and its three roles where they are missing, on a server we administer.
 * @param adminUrl a superuser's address @param prefix separates several installations on one server
 */
export async function establishDatabase(adminUrl: string, name: string, secret: string): Promise<DatabaseUrls> {
  const roles = { migrator: `${name}_migrator`, app: `${name}_app`, read: `${name}_read` };
  await withClient(adminUrl, async (admin) => {
    for (const role of Object.values(roles)) {
      const { rowCount } = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      const password = admin.escapeLiteral(rolePassword(secret, role));
      await admin.query(
        `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${admin.escapeIdentifier(role)} LOGIN PASSWORD ${password}`,
      );
    }
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) {
      await admin.query(
        // One order of texts and one plan for ranges everywhere, whatever the server was made with.
        `CREATE DATABASE ${admin.escapeIdentifier(name)} OWNER ${admin.escapeIdentifier(roles.migrator)}
         TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`,
      );
    }
  });
  const as = (role: string) => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = rolePassword(secret, role);
    url.pathname = `/${name}`;
    return url.href;
  };
  return { migrator: as(roles.migrator), app: as(roles.app), read: as(roles.read) };
}

/**
 * Makes the application and the read-only role on a server administered by others, as the migrator.
 * @returns the addresses, given ones first
 */
export async function establishRoles(
  migrator: string,
  given: { app?: string | undefined; read?: string | undefined },
  secret: string,
): Promise<DatabaseUrls> {
  const database = new URL(migrator).pathname.slice(1);
  const as = async (kind: 'app' | 'read') => {
    const known = given[kind];
    if (known) return known;
    const role = `${database}_${kind}`;
    await withClient(migrator, async (client) => {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      const password = client.escapeLiteral(rolePassword(secret, role));
      await client.query(
        `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${password}`,
      );
    });
    const url = new URL(migrator);
    url.username = role;
    url.password = rolePassword(secret, role);
    return url.href;
  };
  return { migrator, app: await as('app'), read: await as('read') };
}

/** Brings one database to the present: platform tables, the service's Prisma migrations, the job queue, the grants. */
export async function migrateDatabase(name: DatabaseName, urls: DatabaseUrls): Promise<number> {
  const applied = await migrateTables(name, urls.migrator);
  await grantRoles(name, urls);
  return applied;
}

/**
 * Applies what is missing of a database's migrations, without the grants.
 * @param isWanted which migrations, by name; all of them unless the tables of an earlier release are wanted
 * @returns how many were applied
 */
export async function migrateTables(
  name: DatabaseName,
  migratorUrl: string,
  isWanted: (migration: string) => boolean = () => true,
): Promise<number> {
  const platform = await migratePlatform(name, migratorUrl, isWanted);
  const own = name === 'events' ? 0 : await migrateOwn(name, migratorUrl, isWanted);
  const queue = name === 'events' ? 0 : await installQueue(migratorUrl);
  return platform + own + queue;
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');

async function migratePlatform(
  name: DatabaseName,
  url: string,
  isWanted: (migration: string) => boolean,
): Promise<number> {
  return withClient(url, async (client) => {
    await client.query(`CREATE SCHEMA IF NOT EXISTS platform`);
    await client.query(
      `CREATE TABLE IF NOT EXISTS platform.migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'SELECT name, sha256 FROM platform.migration',
    );
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));
    const all = platformMigrations(name)
      .filter((each) => isWanted(each.name))
      .map((each) => ({ ...each, sha256: sha256Of(each.sql) }));
    const edited = all.find((each) => applied.has(each.name) && applied.get(each.name) !== each.sha256);
    if (edited) throw new Error(`数据库迁移 ${edited.name} 在应用之后被改动过（${name}）`);
    const missing = all.filter((each) => !applied.has(each.name));
    for (const { name: file, sql, sha256 } of missing) {
      await client.query('BEGIN');
      await client.query('SET LOCAL search_path = platform');
      await client.query(sql);
      await client.query('INSERT INTO platform.migration (name, sha256) VALUES ($1, $2)', [file, sha256]);
      await client.query('COMMIT');
    }
    return missing.length;
  });
}

async function migrateOwn(
  name: Exclude<DatabaseName, 'events'>,
  url: string,
  isWanted: (migration: string) => boolean,
): Promise<number> {
  const { schema, migrations: all } = prismaMigrations(name);
  const migrations = all.filter((each) => isWanted(each.name));
  const applied = await withClient(url, async (client) => {
    const known = await client.query(`SELECT to_regclass('public._prisma_migrations') AS it`);
    if (!known.rows[0].it) return [];
    const { rows } = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM public._prisma_migrations WHERE finished_at IS NOT NULL',
    );
    return rows.map((row) => row.migration_name);
  });
  // Loading the engine costs a second, which a start with nothing to do should not pay.
  if (migrations.every((m) => applied.includes(m.name))) return 0;
  return (await applyMigrations(url, schema, migrations)).length;
}

async function installQueue(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query(`SELECT to_regclass('${QUEUE_SCHEMA}.version') AS it`);
    if (rows[0].it) return 0;
    await client.query(getConstructionPlans(QUEUE_SCHEMA, { createSchema: true }));
    return 1;
  });
}

/** What the grants of a database follow from; a change of how they are made below changes its number. */
const grantsMark = (name: DatabaseName, urls: DatabaseUrls): string => {
  const migrations = [...platformMigrations(name), ...(name === 'events' ? [] : prismaMigrations(name).migrations)].map(
    (migration) => migration.name,
  );
  const roles = [urls.app, urls.read].map((url) => new URL(url).username);
  const mark = { version: 1, migrations, roles, appendOnly: APPEND_ONLY[name] };
  return sha256Of(JSON.stringify(mark));
};

/**
 * Gives the roles what they may do, all of it or nothing: a start that was killed between the migrations and here is
 * made good by the next one.
 */
async function grantRoles(name: DatabaseName, urls: DatabaseUrls): Promise<void> {
  const mark = grantsMark(name, urls);
  await withClient(urls.migrator, async (client) => {
    const { rowCount } = await client.query(`SELECT 1 FROM platform.migration WHERE name = 'grants' AND sha256 = $1`, [
      mark,
    ]);
    if (rowCount) return;
    await client.query('BEGIN');
    const app = client.escapeIdentifier(new URL(urls.app).username);
    const read = client.escapeIdentifier(new URL(urls.read).username);
    for (const schema of name === 'events' ? ['platform'] : ['public', 'platform', QUEUE_SCHEMA]) {
      await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${app}, ${read}`);
      await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${app}`);
      await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${app}`);
      await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${app}`);
    }
    for (const table of APPEND_ONLY[name]) {
      await client.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM ${app}`);
    }
    if (name !== 'events') {
      await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${read}`);
      // What a report joins with: the read copy of the register. Jobs, keys and outbox are nobody's to read.
      await client.query(
        `GRANT SELECT ON platform.household_copy, platform.audit_entry, platform.audit_seal TO ${read}`,
      );
      await client.query(`REVOKE ALL ON public._prisma_migrations FROM ${app}, ${read}`);
    }
    const database = client.escapeIdentifier(new URL(urls.migrator).pathname.slice(1));
    await client.query(`REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT TEMPORARY ON DATABASE ${database} TO ${app}`);
    await client.query(
      `INSERT INTO platform.migration (name, sha256) VALUES ('grants', $1)
       ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, applied_at = now()`,
      [mark],
    );
    await client.query('COMMIT');
  });
}
