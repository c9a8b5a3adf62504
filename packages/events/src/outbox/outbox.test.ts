import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { COUNTY, type World, commit, eventOf, newId, openWorld, quiet, typeOf } from '../conformance-world.ts';
import type { Outgoing, Transport } from '../ports.ts';
import { pgSql } from '@bangfu/data/sql';
import { appendEvents, appendEventsFromQuery } from './append.ts';
import { startRelay } from './relay.ts';
import { isFromAnotherCluster, rebaseOutbox } from './restore.ts';

const TYPE = typeOf('outbox');

describe('outbox', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(inject('postgresUrl'));
  });
  beforeEach(async () => {
    await world.owner.query('truncate platform.outbox_event, platform.event_sequence, platform.relay_position');
  });
  afterAll(() => world.close());

  const numbers = async (order: string) => {
    const { rows } = await world.owner.query<{ key: string; sequence: number; value: string }>(
      `select key, sequence::int, data->>'value' as value from platform.outbox_event order by ${order}`,
    );
    return rows;
  };
  /** A transport that only remembers. */
  const memory = () => {
    const sent: Outgoing[] = [];
    const publish = async (records: readonly Outgoing[]): Promise<void> => void sent.push(...records);
    const never = () => Promise.reject(new Error('not in this test'));
    const transport: Transport = { publish, subscribe: never, rewind: never, close: async () => undefined };
    return { sent, transport };
  };
  const drained = async (): Promise<Outgoing[]> => {
    const { sent, transport } = memory();
    const relay = startRelay({ service: 'test', pool: world.pool, transport, log: quiet, pollMs: 10 });
    await vi.waitFor(async () => expect((await relay.lag()).events).toBe(0), { timeout: 10_000 });
    await relay.stop();
    return sent;
  };

  it('given several events of one key in one call, then they get consecutive numbers in order', async () => {
    await commit(
      world.pool,
      ['a', 'b', 'a', 'a'].map((key, i) => eventOf(TYPE, key, `${i}`)),
    );
    await commit(world.pool, [eventOf(TYPE, 'a', '4')]);
    expect((await numbers('key, sequence')).map((row) => `${row.key}${row.sequence}=${row.value}`)).toEqual([
      'a1=0',
      'a2=2',
      'a3=3',
      'a4=4',
      'b1=1',
    ]);
  });

  it('given a command that rolls back, then its number is used by the next', async () => {
    const client = await world.pool.connect();
    await client.query('begin');
    await appendEvents(pgSql(client), [eventOf(TYPE, 'a', 'lost')], new Date(), newId);
    await client.query('rollback');
    client.release();
    await commit(world.pool, [eventOf(TYPE, 'a', 'kept')]);
    expect(await numbers('ordinal')).toEqual([{ key: 'a', sequence: 1, value: 'kept' }]);
  });

  it('given an older transaction that appends to a key after a younger one, then the key is sent in its order', async () => {
    const older = await world.pool.connect();
    await older.query('begin');
    await older.query('select pg_current_xact_id()');
    await commit(world.pool, [eventOf(TYPE, 'a', 'first')]);
    await appendEvents(pgSql(older), [eventOf(TYPE, 'a', 'second')], new Date(), newId);
    await older.query('commit');
    older.release();
    expect((await drained()).map((record) => JSON.parse(record.value).data.value)).toEqual(['first', 'second']);
  });

  it('given a transaction that commits late, then the relay has not passed it by', async () => {
    const late = await world.pool.connect();
    await late.query('begin');
    await appendEvents(pgSql(late), [eventOf(TYPE, 'late', 'late')], new Date(), newId);
    await commit(world.pool, [eventOf(TYPE, 'early', 'early')]);
    const { sent, transport } = memory();
    const relay = startRelay({ service: 'test', pool: world.pool, transport, log: quiet, pollMs: 10 });
    await late.query('commit');
    late.release();
    await vi.waitFor(() => expect(sent.map((record) => record.key).sort()).toEqual(['early', 'late']));
    await relay.stop();
  });

  it('given two relays, then one sends, and the other when the first has stopped', async () => {
    const [one, two] = [memory(), memory()];
    const options = { service: 'test', pool: world.pool, log: quiet, pollMs: 10 };
    const first = startRelay({ ...options, transport: one.transport });
    await commit(world.pool, [eventOf(TYPE, 'a', '1')]);
    await vi.waitFor(() => expect(one.sent).toHaveLength(1));
    const second = startRelay({ ...options, transport: two.transport });
    await commit(world.pool, [eventOf(TYPE, 'a', '2')]);
    second.wake();
    await vi.waitFor(() => expect(one.sent).toHaveLength(2));
    await first.stop();
    await commit(world.pool, [eventOf(TYPE, 'a', '3')]);
    await vi.waitFor(() => expect(two.sent).toHaveLength(1), { timeout: 5_000 });
    await second.stop();
    expect(one.sent).toHaveLength(2);
  });

  it('given a query, then each of its rows becomes an event without passing through here', async () => {
    const query = `select 'h' || (n % 3) as key, $1::text as county_code, jsonb_build_object('value', n::text) as data
                   from generate_series(1, $2::int) as n order by n`;
    const definition = { type: TYPE, topic: 'test.outbox' };
    const written = await appendEventsFromQuery(pgSql(world.pool), definition, query, [COUNTY, 9], new Date());
    expect(written).toBe(9);
    const rows = await numbers('ordinal');
    expect(rows.map((row) => row.value)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(rows.filter((row) => row.key === 'h0')).toEqual(
      [3, 6, 9].map((n, i) => ({ key: 'h0', sequence: i + 1, value: `${n}` })),
    );
    expect(await drained()).toHaveLength(9);
  });

  it('given an outbox restored into another cluster, then it is noticed, and rebased it goes on where it was', async () => {
    await commit(world.pool, [eventOf(TYPE, 'a', 'sent')]);
    await drained();
    await commit(world.pool, [eventOf(TYPE, 'a', 'waiting')]);
    await world.owner.query(`update platform.outbox_event set xid = (xid::text::bigint + 1000000)::text::xid8`);
    await world.owner.query(`update platform.relay_position set xid = (xid::text::bigint + 1000000)::text::xid8`);
    expect(await isFromAnotherCluster(pgSql(world.pool))).toBe(true);
    await rebaseOutbox(pgSql(world.owner));
    expect(await isFromAnotherCluster(pgSql(world.pool))).toBe(false);
    await commit(world.pool, [eventOf(TYPE, 'a', 'new')]);
    expect((await drained()).map((record) => JSON.parse(record.value).data.value)).toEqual(['waiting', 'new']);
  });

  it('given the application role, then it can neither change nor delete an event', async () => {
    await commit(world.pool, [eventOf(TYPE, 'a', '1')]);
    await expect(world.pool.query('delete from platform.outbox_event')).rejects.toThrow('permission denied');
    await expect(world.pool.query(`update platform.outbox_event set type = 'x'`)).rejects.toThrow('permission denied');
    await expect(world.pool.query('delete from platform.log')).rejects.toThrow('permission denied');
    await expect(world.pool.query(`insert into platform.log values (1, 'a', 'b', 0, '')`)).rejects.toThrow(
      'permission denied',
    );
  });
});
