import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { commit, eventOf, openWorld, quiet, typeOf, type World } from './conformance-world.ts';
import type { Inbox } from './inbox/apply.ts';
import { startConsumer } from './inbox/consume.ts';
import { acceptRewound, redrive } from './inbox/redrive.ts';
import { type Relay, startRelay } from './outbox/relay.ts';
import { acceptRestored } from './outbox/restore.ts';
import { postgresTransport } from './postgres/transport.ts';
import type { Transport } from './ports.ts';
import { pgSql } from '@bangfu/data/sql';

const TYPE = typeOf('restored');
const DEADLINE = { timeout: 20_000, interval: 20 };

/** A service that tells, another that hears, and the log between them, each with a database of its own. */
interface Three {
  readonly source: World;
  readonly copy: World;
  readonly log: World;
}

let worlds: Three;
let running: { stop(): Promise<void> }[] = [];
let transports: Transport[] = [];
let relay: Relay;

const inbox = (): Inbox => ({
  pool: worlds.copy.pool,
  group: 'copy',
  log: quiet,
  retry: { attempts: 2, baseMs: 1 },
  reactions: {
    [TYPE]: {
      batch: async (sql, events) => {
        await sql.query(
          `insert into effect (reader, key, sequence, value)
           select 'copy', key, sequence::bigint, value from unnest($1::text[], $2::text[], $3::text[]) as g(key, sequence, value)`,
          [
            events.map((event) => event.aggregate),
            events.map((event) => String(event.sequence)),
            events.map((event) => String(event.data['value'])),
          ],
        );
      },
    },
  },
});

async function start(): Promise<void> {
  const open = () => {
    const transport = postgresTransport({ url: worlds.log.url, log: quiet });
    transports.push(transport);
    return transport;
  };
  const { pool, reactions } = inbox();
  relay = startRelay({ service: 'test', pool: worlds.source.pool, transport: open(), log: quiet, pollMs: 20 });
  const consumer = await startConsumer({ service: 'copy', pool, transport: open(), reactions, log: quiet });
  running = [relay, consumer];
}

async function stop(): Promise<void> {
  await Promise.all(running.splice(0).map((part) => part.stop()));
  await Promise.all(transports.splice(0).map((transport) => transport.close()));
}

beforeEach(async () => {
  const open = () => openWorld(inject('postgresUrl'));
  worlds = { source: await open(), copy: await open(), log: await open() };
  await start();
});
afterEach(async () => {
  await stop();
  await Promise.all(Object.values(worlds).map((world: World) => world.close()));
});

async function asServer(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The last thing each record was said to be. */
const latest = async (pool: World['pool'], sql: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await pool.query<{ key: string; value: string }>(sql)).rows.map(({ key, value }) => [key, value]),
  );
const ofSource = () =>
  latest(
    worlds.source.pool,
    `select distinct on (key) key, data->>'value' as value from platform.outbox_event order by key, sequence desc`,
  );
const ofCopy = () => latest(worlds.copy.pool, 'select distinct on (key) key, value from effect order by key, n desc');
const parked = async () =>
  (
    await worlds.copy.pool.query<{ reason: string }>('select reason from platform.parked_event order by sequence')
  ).rows.map(({ reason }) => reason);
const act = (values: Readonly<Record<string, string>>) =>
  commit(
    worlds.source.pool,
    Object.entries(values).map(([key, value]) => eventOf(TYPE, key, value)),
  );
const heard = () => vi.waitFor(async () => expect(await ofCopy()).toEqual(await ofSource()), DEADLINE);

/** Says and hears things, keeps one database as it was in the middle, and puts that back in the place of what it became. */
async function restoredAlone(victim: keyof Three): Promise<void> {
  const { name } = worlds[victim].database;
  await act({ same: '1', later: '1', touched: '1' });
  await heard();
  await stop();
  await asServer(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    `create database ${name}_kept template ${name}`,
  );
  await start();
  await act({ later: '2', touched: '2', born: '1' });
  await act({ touched: '3' });
  await heard();
  await stop();
  await asServer(`drop database ${name} with (force)`, `alter database ${name}_kept rename to ${name}`);
  await start();
}

describe('given one database that was restored to an earlier time alone', () => {
  it('when it is that of who hears, then it takes in again what came since', async () => {
    await restoredAlone('copy');
    await act({ touched: '4', new: '1' });
    await heard();
    expect(await parked()).toEqual([]);
  });

  it('when it is the log’s, then it is sent again what it lost', async () => {
    await restoredAlone('log');
    await act({ touched: '4', new: '1' });
    await heard();
    expect(await parked()).toEqual([]);
  });

  it('when it is that of who tells, then nothing is sent or dropped until that is accepted, on both sides', async () => {
    await restoredAlone('source');
    await act({ touched: 'after', new: '1' });
    await vi.waitFor(() => expect(relay.isRewound()).toBe(true), DEADLINE);
    expect((await relay.lag()).events).toBeGreaterThan(0);
    expect(await parked()).toEqual([]);
    const published = (await transports[0]?.lastOf?.('/bangfu/test')) ?? [];
    expect(await acceptRestored(pgSql(worlds.source.pool), published)).toBeGreaterThan(0);
    await vi.waitFor(async () => expect((await relay.lag()).events).toBe(0), DEADLINE);
    expect(relay.isRewound()).toBe(false);
    await vi.waitFor(async () => expect(await parked()).toEqual(['rewound']), DEADLINE);
    expect((await ofCopy())['touched']).toBe('3');
    expect(await acceptRewound(inbox())).toBe(1);
    expect(await redrive(inbox())).toEqual({ applied: 1, remaining: 0 });
    const [source, copy] = [await ofSource(), await ofCopy()];
    expect([copy['touched'], copy['new'], copy['same']]).toEqual(['after', '1', '1']);
    // What was lost stays in the copy until the record's next event, which takes the lost one's number.
    expect(Object.keys(copy).filter((key) => copy[key] !== source[key])).toEqual(['born', 'later']);
    await act({ later: '2 again' });
    await vi.waitFor(async () => expect(await parked()).toEqual(['rewound']), DEADLINE);
    await acceptRewound(inbox());
    await redrive(inbox());
    expect((await ofCopy())['later']).toBe('2 again');
  });
});
