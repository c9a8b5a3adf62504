import { createHash } from 'node:crypto';
import { getConstructionPlans } from 'pg-boss';
import { Connection } from '../../packages/data/src/connection.ts';
import { APPEND_ONLY, type DatabaseName, platformMigrations, prismaMigrations } from './databases.ts';
import { applyMigrations } from './prisma-engine.ts';
import { DROP_REPORTS, GRANTS_VERSION, grantAll, QUEUE_SCHEMA, type RoleNames } from './roles.ts';

/** Addresses of one database by role: the migrator owns it, the application writes, the reader only reads. */
export interface DatabaseUrls {
  readonly migrator: string;
  readonly app: string;
  readonly read: string;
  /** For people and their tools: views without anything secret. Absent of the event log, and where none was given. */
  readonly report?: string | undefined;
  /** Of the event log: the address each service appends to its own topics by. Absent where one role serves all. */
  readonly writers?: Readonly<Record<string, string>> | undefined;
}

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
 * Makes the database and its roles where they are missing, on a server we administer; each has a password of its own.
 * @param adminUrl a superuser's address @param writers services that get a role of their own in it
 */
export async function establishDatabase(
  adminUrl: string,
  name: string,
  secret: string,
  writers: readonly string[] = [],
): Promise<DatabaseUrls> {
  const roleOf = (kind: string) => `${name}_${kind}`;
  const kinds = ['migrator', 'app', 'read', 'report', ...writers];
  await withClient(adminUrl, async (admin) => {
    for (const role of kinds.map(roleOf)) {
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
        `CREATE DATABASE ${admin.escapeIdentifier(name)} OWNER ${admin.escapeIdentifier(roleOf('migrator'))}
         TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`,
      );
    }
  });
  const as = (kind: string) => {
    const url = new URL(adminUrl);
    url.username = roleOf(kind);
    url.password = rolePassword(secret, roleOf(kind));
    url.pathname = `/${name}`;
    return url.href;
  };
  return {
    migrator: as('migrator'),
    app: as('app'),
    read: as('read'),
    report: as('report'),
    ...(writers.length > 0 && { writers: Object.fromEntries(writers.map((writer) => [writer, as(writer)])) }),
  };
}

/**
 * Makes the roles that are not given on a server administered by others, as the migrator. Where both application and
 * reader are given the migrator needs no right to make roles, and none is made beside them.
 * @returns the addresses, given ones first
 */
export async function establishRoles(
  migrator: string,
  given: { app?: string | undefined; read?: string | undefined; report?: string | undefined },
  secret: string,
  writers: readonly string[] = [],
): Promise<DatabaseUrls> {
  const database = new URL(migrator).pathname.slice(1);
  const made = async (kind: string) => {
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
  const { app, read, report } = given;
  if (app && read) return { migrator, app, read, ...(report && { report }) };
  const own: Record<string, string> = {};
  for (const writer of app ? [] : writers) own[writer] = await made(writer);
  return {
    migrator,
    app: app ?? (await made('app')),
    read: read ?? (await made('read')),
    report: report ?? (await made('report')),
    ...(Object.keys(own).length > 0 && { writers: own }),
  };
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
    if (missing.length > 0) await client.query(DROP_REPORTS);
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
  await withClient(url, (client) => client.query(DROP_REPORTS));
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

const userOf = (url: string) => new URL(url).username;

const rolesOf = ({ app, read, report, writers = {} }: DatabaseUrls): RoleNames => ({
  app: userOf(app),
  read: userOf(read),
  report: report ? userOf(report) : null,
  writers: Object.fromEntries(Object.entries(writers).map(([service, url]) => [service, userOf(url)])),
});

/** What the grants of a database follow from. */
const grantsMark = (name: DatabaseName, urls: DatabaseUrls): string => {
  const migrations = [...platformMigrations(name), ...(name === 'events' ? [] : prismaMigrations(name).migrations)].map(
    (migration) => migration.name,
  );
  const mark = { version: GRANTS_VERSION, migrations, roles: rolesOf(urls), appendOnly: APPEND_ONLY[name] };
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
    await grantAll(client, name, rolesOf(urls));
    const app = client.escapeIdentifier(new URL(urls.app).username);
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
