import { join } from 'node:path';
import { DATABASES, type DatabaseName } from '../postgres/databases.ts';
import { type DatabaseUrls, establishDatabase, establishRoles } from '../postgres/migrate.ts';
import { ROOT, type StartOptions } from './options.ts';
import type { Secrets } from './secrets.ts';

export const SERVICES = ['identification', 'pairing', 'industry', 'training', 'evaluation'] as const;
export type Service = (typeof SERVICES)[number];
export type Databases = Readonly<Record<DatabaseName, DatabaseUrls>>;

/** Whether every database is somebody else's, so that no server of ours is needed. */
export function allDatabasesGiven(env: NodeJS.ProcessEnv): boolean {
  return DATABASES.every((name) => env[`DATABASE_URL_${name.toUpperCase()}`]);
}

/** Services append to the event log by roles of their own, each to its topics. */
const writersOf = (name: DatabaseName): readonly string[] => (name === 'events' ? SERVICES : []);

/** The addresses of all databases: given ones as they are, the others made on our own server. */
export async function establishDatabases(
  adminUrl: string | null,
  secret: string,
  env: NodeJS.ProcessEnv,
): Promise<Databases> {
  const entries: [DatabaseName, DatabaseUrls][] = [];
  for (const name of DATABASES) {
    const variable = `DATABASE_URL_${name.toUpperCase()}`;
    const given = env[variable];
    if (given) {
      entries.push([
        name,
        await establishRoles(
          given,
          { app: env[`${variable}_APP`], read: env[`${variable}_READ`], report: env[`${variable}_REPORT`] },
          secret,
          writersOf(name),
        ),
      ]);
    } else if (adminUrl) {
      entries.push([name, await establishDatabase(adminUrl, name, secret, writersOf(name))]);
    }
  }
  return Object.fromEntries(entries) as Databases;
}

/** What of our own environment every process needs to run at all. */
const SYSTEM =
  /^(PATH|HOME|USER|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|HOSTNAME|NODE_\w+|UV_\w+|MALLOC_\w+|SSL_CERT_\w+|FONTCONFIG_\w+)$/;
const SECRET = /PASSWORD|SECRET|KEY|DATABASE_URL/;

/** The environment that our processes take over from us: settings, and no secret of ours or of another program. */
export function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isTaken = (name: string) => (SYSTEM.test(name) || name.startsWith('BANGFU_')) && !SECRET.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => isTaken(name)));
}

/** What every process of the platform is told, beside what is its own. */
export function commonEnvironment(
  options: StartOptions,
  secrets: Secrets,
  databases: Databases,
  brokers: string,
): NodeJS.ProcessEnv {
  return {
    ...inherited(process.env),
    NODE_COMPILE_CACHE: join(options.data, 'compile-cache'),
    BANGFU_EVENTS: options.events,
    DATABASE_URL_EVENTS: databases.events.app,
    KAFKA_BROKERS: brokers,
    BANGFU_TOKEN_PUBLIC_KEY: secrets.tokenPublicKey,
    BANGFU_DATA_KEY: secrets.dataKey,
    BANGFU_OLD_DATA_KEYS: (secrets.oldDataKeys ?? []).join(','),
    BANGFU_COUNTY: options.county,
  };
}

/** The address of the event log for a service: by its own role, which may append to its own topics only. */
export const eventLogUrl = (databases: Databases, name: Service): string =>
  databases.events.writers?.[name] ?? databases.events.app;

/** A service's environment. */
export function serviceEnvironment(
  common: NodeJS.ProcessEnv,
  name: Service,
  port: number,
  databases: Databases,
  data: string,
): NodeJS.ProcessEnv {
  return {
    ...common,
    BANGFU_SERVICE_PORT: String(port),
    DATABASE_URL_EVENTS: eventLogUrl(databases, name),
    DATABASE_URL_APP: databases[name].app,
    DATABASE_URL_READ: databases[name].read,
    BANGFU_FILES: join(data, 'files', name),
  };
}

/** The gateway's environment. */
export function gatewayEnvironment(
  common: NodeJS.ProcessEnv,
  options: StartOptions,
  secrets: Secrets,
  databases: Databases,
  ports: Readonly<Record<Service, number>>,
): NodeJS.ProcessEnv {
  return {
    ...common,
    BANGFU_PORT: String(options.port),
    DATABASE_URL_APP: databases.gateway.app,
    DATABASE_URL_READ: databases.gateway.read,
    BANGFU_TOKEN_PRIVATE_KEY: secrets.tokenPrivateKey,
    BANGFU_SESSION_SECRET: secrets.sessionSecret,
    // Read at the first start only, for the first account.
    ...(process.env['BANGFU_ADMIN_PASSWORD'] && { BANGFU_ADMIN_PASSWORD: process.env['BANGFU_ADMIN_PASSWORD'] }),
    BANGFU_SERVICE_URLS: JSON.stringify(
      Object.fromEntries(SERVICES.map((name) => [name, `http://127.0.0.1:${ports[name]}`])),
    ),
  };
}

/** Where an app's program lies. */
export const appFolder = (name: Service | 'gateway') =>
  join(ROOT, 'apps', name === 'gateway' ? 'gateway' : `${name}-service`);
