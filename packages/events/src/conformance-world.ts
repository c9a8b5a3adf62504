import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uuidV7 } from '@bangfu/domain/shared/id';
import { type TestDatabase, freshDatabase, templateDatabase, urlAs } from '@bangfu/testkit/postgres';
import pg from 'pg';
import type { NewEvent } from './catalog/define.ts';
import { Connections } from '@bangfu/data/connection';
import { topicOf } from './envelope.ts';
import { appendEvents } from './outbox/append.ts';
import type { Log } from './ports.ts';
import { pgSql } from '@bangfu/data/sql';

export const COUNTY = '211382000000';
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The tables of a service and of the embedded log side by side, with one row of `effect` for each event applied. */
const TABLES = `
create schema platform;
set search_path = platform;
${read('./outbox/outbox.sql')} ${read('./outbox/accepted.sql')} ${read('./inbox/inbox.sql')}
${read('./inbox/rewind.sql')} ${read('./postgres/log.sql')}
${read('./postgres/log-writers.sql')}
create table public.effect (
  n bigint generated always as identity, reader text, topic text, key text, sequence bigint, value text);`;

/** As the migrations grant it: the application changes rows, and no table. */
const grantsTo = (role: string): string => `
grant usage on schema platform to ${role};
grant select, insert on platform.outbox_event to ${role};
grant select on platform.log to ${role};
grant select, insert, update on platform.event_sequence, platform.relay_position to ${role};
grant select, insert, update, delete on platform.inbox_position, platform.parked_event, platform.group_offset to ${role};
grant select, insert, update, delete on platform.inbox_place, platform.relay_accepted to ${role};
grant select, insert, update, delete on public.effect to ${role};
grant usage on all sequences in schema platform, public to ${role};
grant execute on all functions in schema platform to ${role};
insert into platform.log_writer values ('${role}', '*');`;

export interface World {
  database: TestDatabase;
  /** Connection text of the least-privileged application role. */
  url: string;
  /** Pool of that role. */
  pool: pg.Pool;
  /** Pool of the owner. */
  owner: pg.Pool;
  close(): Promise<void>;
}

/** A database of its own for a test file, used as the application's role. */
export async function openWorld(serverUrl: string): Promise<World> {
  const prepare = async (url: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(TABLES);
    await client.end();
  };
  const template = await templateDatabase(serverUrl, { name: 'events', version: TABLES, prepare });
  const database = await freshDatabase(serverUrl, template);
  const role = `app_${randomUUID().replaceAll('-', '')}`;
  const owner = new pg.Pool({ connectionString: database.url, max: 2 });
  await owner.query(`create role ${role} login password 'app'`);
  await owner.query(grantsTo(role));
  const url = urlAs(database.url, role, 'app');
  const pool = new Connections({ connectionString: url, max: 12 });
  owner.on('error', () => undefined);
  const close = async (): Promise<void> => {
    await pool.end();
    await owner.query(`drop owned by ${role}`);
    await owner.query(`drop role ${role}`);
    await owner.end();
    await database.drop();
  };
  return { database, url, pool, owner, close };
}

/** A UUIDv7 of this moment. */
export const newId = (): string => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** An event type of a topic of its own, so that test cases do not hear each other. */
export const typeOf = (testCase: string, service = 'test'): string => `${service}.${testCase}.happened.v1`;

export const eventOf = (type: string, key: string, value: string): NewEvent => {
  return { type, topic: topicOf(type), key, countyCode: COUNTY, data: { value } };
};

/** Appends events in one transaction of the application. */
export async function commit(pool: pg.Pool, events: readonly NewEvent[]): Promise<void> {
  await appendEvents(pgSql(pool), events, new Date(), newId);
}

/** The log of a test: says nothing. */
export const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
