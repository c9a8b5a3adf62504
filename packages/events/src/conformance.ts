import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { COUNTY, type World, commit, eventOf, newId, quiet, typeOf } from './conformance-world.ts';
import { type Envelope, envelopeText, topicOf } from './envelope.ts';
import type { Inbox } from './inbox/apply.ts';
import { inboxHandler, startConsumer } from './inbox/consume.ts';
import { acceptRewound, rebuild, redrive } from './inbox/redrive.ts';
import { startRelay } from './outbox/relay.ts';
import type { Outgoing, Received, Transport } from './ports.ts';
import type { Sql } from '@bangfu/data/sql';

/** The service whose records a test writes itself; all others come from the relay, which knows what it sent. */
const HAND = 'by-hand';
const BY_HAND = ['again', 'crash', 'share', 'resume', 'gap', 'rewound', 'own-place', 'noise', 'anew'];
const DEADLINE = { timeout: 25_000, interval: 20 };

export interface TransportWorld extends World {
  /** Opens the transport once more, as another process would. */
  open(): Transport;
  /** Takes the broker away and brings it back; absent where the provider cannot. */
  outage?: { down(): Promise<void>; up(): Promise<void> } | undefined;
}

interface Effect {
  key: string;
  sequence: number;
  value: string;
}

/** Registers the tests that every transport must pass, with outbox, relay and inbox on a real PostgreSQL. */
export function transportConformance(name: string, setUp: () => Promise<TransportWorld>): void {
  describe(`transport conformance: ${name}`, () => {
    let world: TransportWorld;
    let transport: Transport;
    let pool: Pool;
    const running: { stop(): Promise<void> }[] = [];
    const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
      running.push(part);
      return part;
    };

    beforeAll(async () => {
      world = await setUp();
      pool = world.pool;
      transport = world.open();
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((part) => part.stop()));
    });
    afterAll(async () => {
      await transport.close();
      await world.close();
    });

    const write = async (sql: Sql, reader: string, events: Envelope[]): Promise<void> => {
      await sql.query(
        `insert into effect (reader, topic, key, sequence, value)
         select $1, $2, key, sequence::bigint, value from unnest($3::text[], $4::text[], $5::text[]) as g(key, sequence, value)`,
        [
          reader,
          topicOf(events[0]?.type ?? ''),
          events.map((event) => event.aggregate),
          events.map((event) => String(event.sequence)),
          events.map((event) => String(event.data['value'])),
        ],
      );
    };
    const typed = (testCase: string) => typeOf(testCase, BY_HAND.includes(testCase) ? HAND : undefined);
    const inboxOf = (testCase: string, batch?: (sql: Sql, events: Envelope[]) => Promise<void>): Inbox => ({
      pool,
      group: testCase,
      reactions: { [typed(testCase)]: { batch: batch ?? ((sql, events) => write(sql, testCase, events)) } },
      log: quiet,
      retry: { attempts: 2, baseMs: 1 },
    });
    const consume = async (inbox: Inbox, via = transport) =>
      keep(
        await via.subscribe({
          group: inbox.group,
          topics: Object.keys(inbox.reactions).map(topicOf),
          handle: inboxHandler(inbox),
          fromBeginning: true,
        }),
      );
    const relay = (via = transport) =>
      keep(startRelay({ service: 'test', pool, transport: via, log: quiet, pollMs: 20 }));
    const effects = async (reader: string): Promise<Effect[]> => {
      const { rows } = await pool.query<Effect>(
        'select key, sequence::int, value from effect where reader = $1 order by n',
        [reader],
      );
      return rows;
    };
    const parked = async (group: string): Promise<string[]> => {
      const { rows } = await pool.query<{ it: string }>(
        `select concat_ws(' ', key, sequence, reason) as it from platform.parked_event
         where group_name = $1 order by key, sequence`,
        [group],
      );
      return rows.map((row) => row.it);
    };
    const sequencesOf = (list: Effect[], key: string): number[] =>
      list.filter((effect) => effect.key === key).map((effect) => effect.sequence);
    const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);
    const record = (testCase: string, key: string, sequence: number, value = ''): Outgoing => {
      const type = typeOf(testCase, HAND);
      const data = JSON.stringify({ value });
      const event = { id: newId(), source: `/bangfu/${HAND}`, type, key, sequence, countyCode: COUNTY, data };
      return { topic: topicOf(type), key, value: envelopeText({ ...event, occurredAt: new Date() }) };
    };

    it('keeps the order of each key, whoever commits when', async () => {
      await consume(inboxOf('order'));
      relay();
      const keys = upTo(10).map((n) => `k${n}`);
      await Promise.all(
        keys.flatMap(() =>
          keys.map((_, i) =>
            commit(
              pool,
              keys.slice(i).map((key) => eventOf(typeOf('order'), key, 'v')),
            ),
          ),
        ),
      );
      await vi.waitFor(async () => expect(await effects('order')).toHaveLength(550), DEADLINE);
      const list = await effects('order');
      keys.forEach((key, i) => expect(sequencesOf(list, key)).toEqual(upTo(10 * (i + 1))));
    });

    it('delivers again what a handler refused', async () => {
      const tries: string[][] = [];
      const handle = async (records: Received[]): Promise<void> => {
        tries.push(records.map((each) => each.value));
        if (tries.length < 3) throw new Error('not yet');
      };
      keep(await transport.subscribe({ group: 'again', topics: ['by-hand.again'], handle, fromBeginning: true }));
      await transport.publish([record('again', 'a', 1, 'one')]);
      await vi.waitFor(() => expect(tries.length).toBeGreaterThanOrEqual(3), DEADLINE);
      expect(new Set(tries.flat()).size).toBe(1);
    });

    it('applies once what comes again after a crash between effect and offset', async () => {
      const inbox = inboxOf('crash');
      const handle = inboxHandler(inbox);
      let crashes = 0;
      let after = 0;
      const crashing = async (records: Received[]): Promise<void> => {
        await handle(records);
        if (crashes++ === 0) throw new Error('killed before the offset was stored');
        after += records.length;
      };
      keep(
        await transport.subscribe({ group: 'crash', topics: ['by-hand.crash'], handle: crashing, fromBeginning: true }),
      );
      await transport.publish(upTo(20).map((n) => record('crash', 'a', n)));
      await vi.waitFor(() => expect(after).toBeGreaterThanOrEqual(20), DEADLINE);
      expect(sequencesOf(await effects('crash'), 'a')).toEqual(upTo(20));
    });

    it('applies once what the relay sent twice', async () => {
      let lost = 0;
      const forgetful: Transport = {
        ...transport,
        publish: async (records) => {
          await transport.publish(records);
          if (lost++ === 0) throw new Error('the acknowledgement was lost');
        },
      };
      await consume(inboxOf('twice'));
      relay(forgetful);
      await commit(
        pool,
        upTo(5).map((n) => eventOf(typeOf('twice'), 'a', `${n}`)),
      );
      await vi.waitFor(() => expect(lost).toBeGreaterThanOrEqual(2), DEADLINE);
      await commit(pool, [eventOf(typeOf('twice'), 'a', '6')]);
      await vi.waitFor(async () => expect(sequencesOf(await effects('twice'), 'a')).toEqual(upTo(6)), DEADLINE);
    });

    it('divides the work of a group between two consumers', async () => {
      const other = world.open();
      const seen = [new Set<string>(), new Set<string>()] as const;
      const options = { group: 'share', topics: ['by-hand.share'], fromBeginning: true };
      const collect = (into: Set<string>) => async (records: Received[]) =>
        records.forEach((each) => into.add(each.value));
      const first = await transport.subscribe({ ...options, handle: collect(seen[0]) });
      const second = await other.subscribe({ ...options, handle: collect(seen[1]) });
      const sent: string[] = [];
      await vi.waitFor(
        async () => {
          const records = upTo(40).map((n) => record('share', `k${n}`, 1));
          sent.push(...records.map((each) => each.value));
          await transport.publish(records);
          expect(seen[0].size).toBeGreaterThan(0);
          expect(seen[1].size).toBeGreaterThan(0);
        },
        { ...DEADLINE, interval: 100 },
      );
      await vi.waitFor(() => expect(sent.every((value) => seen.some((set) => set.has(value)))).toBe(true), DEADLINE);
      // What one leaves the other takes over.
      await first.stop();
      const late = upTo(40).map((n) => record('share', `k${n}`, 2));
      await transport.publish(late);
      await vi.waitFor(() => expect(late.every((each) => seen[1].has(each.value))).toBe(true), DEADLINE);
      await second.stop();
      await other.close();
    });

    it('resumes where it stopped', async () => {
      const got: string[] = [];
      const handle = async (records: Received[]) => void got.push(...records.map((each) => each.value));
      const options = { group: 'resume', topics: ['by-hand.resume'], handle, fromBeginning: true };
      const [before, after] = [
        upTo(5).map((n) => record('resume', 'a', n)),
        upTo(5).map((n) => record('resume', 'a', n + 5)),
      ];
      const first = await transport.subscribe(options);
      await transport.publish(before);
      await vi.waitFor(() => expect(got).toHaveLength(5), DEADLINE);
      await first.stop();
      await transport.publish(after);
      keep(await transport.subscribe(options));
      await vi.waitFor(() => expect(got).toHaveLength(10), DEADLINE);
      expect(got).toEqual([...before, ...after].map((each) => each.value));
    });

    it('parks an event nobody can apply, holds the later ones of its key, and redrives them', async () => {
      let mended = false;
      const inbox = inboxOf('poison', async (sql, events) => {
        if (!mended && events.some((event) => event.data['value'] === 'bad')) throw new Error('cannot be applied');
        await write(sql, 'poison', events);
      });
      await consume(inbox);
      relay();
      const event = (key: string, value: string) => eventOf(typeOf('poison'), key, value);
      await commit(pool, [event('a', '1'), event('b', '1'), event('a', 'bad'), event('b', '2'), event('a', '3')]);
      await commit(pool, [event('a', '4'), event('b', '3')]);
      await vi.waitFor(async () => expect(await parked('poison')).toHaveLength(3), DEADLINE);
      expect(await parked('poison')).toEqual(['a 2 failed', 'a 3 behind', 'a 4 behind']);
      await vi.waitFor(async () => expect(sequencesOf(await effects('poison'), 'b')).toEqual(upTo(3)), DEADLINE);
      expect(await redrive(inbox)).toEqual({ applied: 0, remaining: 3 });
      mended = true;
      expect(await redrive(inbox)).toEqual({ applied: 3, remaining: 0 });
      await commit(pool, [event('a', '5')]);
      await vi.waitFor(async () => expect(sequencesOf(await effects('poison'), 'a')).toEqual(upTo(5)), DEADLINE);
    });

    it('holds a key on a gap until the missing event comes', async () => {
      await consume(inboxOf('gap'));
      await transport.publish([record('gap', 'a', 1), record('gap', 'a', 3), record('gap', 'b', 1)]);
      await vi.waitFor(async () => expect(await parked('gap')).toEqual(['a 3 gap']), DEADLINE);
      await transport.publish([record('gap', 'a', 2), record('gap', 'a', 4)]);
      await vi.waitFor(async () => expect(sequencesOf(await effects('gap'), 'a')).toEqual(upTo(4)), DEADLINE);
      await vi.waitFor(async () => expect(await parked('gap')).toEqual([]), DEADLINE);
    });

    it('parks what takes the number of another event, and what follows of its key, until that is accepted', async () => {
      const inbox = inboxOf('rewound');
      await consume(inbox);
      const lost = upTo(4).map((n) => record('rewound', 'a', n, `lost ${n}`));
      await transport.publish([...lost, record('rewound', 'b', 1, 'kept')]);
      await vi.waitFor(async () => expect(await effects('rewound')).toHaveLength(5), DEADLINE);
      // Repeats of what was taken in are none of it, however old.
      await transport.publish([...lost, record('rewound', 'b', 2, 'kept')]);
      await vi.waitFor(async () => expect(sequencesOf(await effects('rewound'), 'b')).toEqual([1, 2]), DEADLINE);
      expect(await parked('rewound')).toEqual([]);
      // The source was restored to where it had said two, and goes on from there.
      await transport.publish(upTo(5).map((n) => record('rewound', 'a', n + 2, `new ${n + 2}`)));
      await vi.waitFor(async () => expect(await parked('rewound')).toHaveLength(5), DEADLINE);
      expect(await parked('rewound')).toEqual(['a 3 rewound', 'a 4 rewound', 'a 5 behind', 'a 6 behind', 'a 7 behind']);
      expect(await redrive(inbox)).toEqual({ applied: 0, remaining: 5 });
      expect(await parked('rewound')).toHaveLength(5);
      expect(await acceptRewound(inbox)).toBe(2);
      expect(await redrive(inbox)).toEqual({ applied: 5, remaining: 0 });
      const values = (await effects('rewound')).filter(({ key }) => key === 'a').map(({ value }) => value);
      expect(values.slice(-5)).toEqual(['new 3', 'new 4', 'new 5', 'new 6', 'new 7']);
      await transport.publish([record('rewound', 'a', 8, 'on')]);
      await vi.waitFor(async () => expect(sequencesOf(await effects('rewound'), 'a').at(-1)).toBe(8), DEADLINE);
    });

    it('takes in again what came since a consumer’s own account of its place', async () => {
      const inbox = inboxOf('own-place');
      const subscribe = () =>
        startConsumer({ service: 'own-place', pool, transport, reactions: inbox.reactions, log: quiet });
      const first = await subscribe();
      await transport.publish(upTo(3).map((n) => record('own-place', 'a', n)));
      await vi.waitFor(async () => expect(await effects('own-place')).toHaveLength(3), DEADLINE);
      const kept = await pool.query(`select position from platform.inbox_place where group_name = 'own-place'`);
      await transport.publish([4, 5, 6].map((n) => record('own-place', 'a', n)));
      await vi.waitFor(async () => expect(await effects('own-place')).toHaveLength(6), DEADLINE);
      await first.stop();
      // Its database as it was after three, while the transport knows of six.
      await pool.query(`delete from effect where reader = 'own-place' and sequence > 3`);
      await pool.query(
        `update platform.inbox_position set last = 3, recent = recent[1:3] where group_name = 'own-place'`,
      );
      await pool.query(`update platform.inbox_place set position = $1 where group_name = 'own-place'`, [
        kept.rows[0]?.position,
      ]);
      keep(await subscribe());
      await vi.waitFor(async () => expect(sequencesOf(await effects('own-place'), 'a')).toEqual(upTo(6)), DEADLINE);
    }, 60_000);

    it('skips nothing when a consumer’s own place is one in another log', async () => {
      // A transport may bring a record again, at any time.
      const seen = new Set<string>();
      const handle = async (records: Received[]) => records.forEach(({ value }) => seen.add(value));
      const topics = ['by-hand.other-log'];
      await transport.publish([record('other-log', 'a', 1, 'one'), record('other-log', 'b', 1, 'two')]);
      const placeOf = async () => 0n;
      keep(await transport.subscribe({ group: 'other-log', topics, handle, fromBeginning: true, placeOf }));
      await vi.waitFor(() => expect(seen.size).toBe(2), DEADLINE);
      await transport.publish([record('other-log', 'a', 2, 'three')]);
      await vi.waitFor(() => expect(seen.size).toBe(3), DEADLINE);
    });

    it('parks what is no event, and goes on', async () => {
      await consume(inboxOf('noise'));
      await transport.publish([{ topic: 'by-hand.noise', key: 'a', value: 'not json' }, record('noise', 'b', 1)]);
      await vi.waitFor(async () => expect(await parked('noise')).toEqual(['a unreadable']), DEADLINE);
      await vi.waitFor(async () => expect(sequencesOf(await effects('noise'), 'b')).toEqual([1]), DEADLINE);
    });

    it('builds a read copy anew from the first event', async () => {
      const inbox = inboxOf('anew');
      const first = await consume(inbox);
      await transport.publish(upTo(30).map((n) => record('anew', `k${n % 3}`, Math.ceil(n / 3))));
      await vi.waitFor(async () => expect(await effects('anew')).toHaveLength(30), DEADLINE);
      const before = new Set((await effects('anew')).map((effect) => JSON.stringify(effect)));
      await first.stop();
      const clear = async (sql: Sql) => void (await sql.query(`delete from effect where reader = 'anew'`));
      await rebuild({ pool, transport, group: 'anew', topics: ['by-hand.anew'], clear });
      expect(await effects('anew')).toEqual([]);
      await consume(inbox);
      await vi.waitFor(async () => expect(await effects('anew')).toHaveLength(30), DEADLINE);
      expect(new Set((await effects('anew')).map((effect) => JSON.stringify(effect)))).toEqual(before);
    });

    it('goes on working while the broker is away, and catches up in order', async (context) => {
      const { outage } = world;
      if (!outage) return context.skip('this broker cannot be taken away');
      const event = (n: number) => eventOf(typeOf('away'), n % 2 ? 'a' : 'b', `${n}`);
      await startConsumer({ service: 'away', pool, transport, reactions: inboxOf('away').reactions, log: quiet }).then(
        keep,
      );
      const sender = relay();
      await commit(pool, upTo(10).map(event));
      await vi.waitFor(async () => expect(await effects('away')).toHaveLength(10), DEADLINE);
      await outage.down();
      try {
        for (const n of upTo(20)) await commit(pool, [event(n)]);
        expect((await sender.lag()).events).toBe(20);
      } finally {
        await outage.up();
      }
      await vi.waitFor(async () => expect(await effects('away')).toHaveLength(30), { ...DEADLINE, timeout: 60_000 });
      const list = await effects('away');
      expect([sequencesOf(list, 'a'), sequencesOf(list, 'b')]).toEqual([upTo(15), upTo(15)]);
      await vi.waitFor(async () => expect((await sender.lag()).events).toBe(0), DEADLINE);
    }, 120_000);

    it('carries 10 000 messages, each applied once and in order', async () => {
      await consume(inboxOf('many'));
      relay();
      for (const turn of upTo(10)) {
        await commit(
          pool,
          upTo(1_000).map((n) => eventOf(typeOf('many'), `k${n % 250}`, `${turn}`)),
        );
      }
      await vi.waitFor(
        async () => {
          const { rows } = await pool.query<{ n: number }>(
            `select count(*)::int as n from effect where reader = 'many'`,
          );
          expect(rows[0]?.n).toBe(10_000);
        },
        { timeout: 60_000, interval: 50 },
      );
      const byKey = Map.groupBy(await effects('many'), (effect) => effect.key);
      for (const list of byKey.values()) expect(list.map((effect) => effect.sequence)).toEqual(upTo(40));
    }, 90_000);
  });
}
