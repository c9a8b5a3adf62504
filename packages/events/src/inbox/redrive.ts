import type { Pool } from 'pg';
import type { Transport } from '../ports.ts';
import { type Sql, pgSql } from '@bangfu/data/sql';
import { type Inbox, applyEvents } from './apply.ts';
import { type Incoming, readIncoming } from './store.ts';

const PAGE = 1_000;

const readParked = `
select place, envelope from platform.parked_event
where group_name = $1::text and topic = $2::text and key = $3::text
order by sequence nulls first limit ${PAGE}`;

/** Drops those of the given parked events that have been applied. Returns how many. */
async function dropApplied(sql: Sql, group: string, list: readonly Incoming[]): Promise<number> {
  const read = list.filter((incoming) => incoming.envelope !== undefined);
  const rows = await sql.query(
    `delete from platform.parked_event e
     using unnest($2::text[], $3::text[]) as g(place, sequence), platform.inbox_position p
     where e.group_name = $1::text and e.place = g.place and e.reason <> 'rewound'
       and p.group_name = e.group_name and p.topic = e.topic and p.key = e.key and g.sequence::bigint <= p.last
     returning 1`,
    [group, read.map((incoming) => incoming.place), read.map((incoming) => String(incoming.envelope?.sequence))],
  );
  return rows.length;
}

/** Applies the parked events of one key in order, as far as it goes. Returns how many are no longer parked. */
export async function redriveKey(inbox: Inbox, topic: string, key: string): Promise<number> {
  const sql = pgSql(inbox.pool);
  const sequenceOf = (incoming: Incoming) => incoming.envelope?.sequence ?? Number.MAX_SAFE_INTEGER;
  let done = 0;
  for (;;) {
    const rows = await sql.query<{ place: string; envelope: string }>(readParked, [inbox.group, topic, key]);
    // Read again: a newer release may understand what an older one parked as unreadable.
    const list = rows.map((row) => readIncoming(topic, key, row.place, row.envelope));
    list.sort((a, b) => sequenceOf(a) - sequenceOf(b));
    await applyEvents(inbox, list, true);
    const dropped = await dropApplied(sql, inbox.group, list);
    done += dropped;
    if (dropped === 0 || rows.length < PAGE) return done;
  }
}

/**
 * Tries all parked events of a group again, each key in order. What fails again stays parked. Returns how many were
 * applied and how many remain.
 */
export async function redrive(inbox: Inbox): Promise<{ applied: number; remaining: number }> {
  const sql = pgSql(inbox.pool);
  const keys = await sql.query<{ topic: string; key: string }>(
    'select distinct topic, key from platform.parked_event where group_name = $1::text order by topic, key',
    [inbox.group],
  );
  let applied = 0;
  for (const { topic, key } of keys) applied += await redriveKey(inbox, topic, key);
  const [row] = await sql.query<{ remaining: number }>(
    'select count(*)::int as remaining from platform.parked_event where group_name = $1::text',
    [inbox.group],
  );
  return { applied, remaining: row?.remaining ?? 0 };
}

/**
 * Takes the word of sources whose databases were restored to an earlier time: each key goes back to where its numbers
 * were used again, and the events parked since follow in order. What the source has lost stays in the read copy until
 * its next event of the record. Returns how many keys went back.
 */
export async function acceptRewound({ pool, group, log }: Pick<Inbox, 'pool' | 'group' | 'log'>): Promise<number> {
  const keys = await pgSql(pool).query<{ topic: string; key: string }>(
    `with lowest as (
       select topic, key, min(sequence) as sequence from platform.parked_event
       where group_name = $1::text and reason = 'rewound' group by topic, key
     ), back as (
       update platform.inbox_position p set last = l.sequence - 1, recent = '{}', recorded_at = now() from lowest l
       where p.group_name = $1::text and p.topic = l.topic and p.key = l.key returning p.topic, p.key
     )
     update platform.parked_event e set reason = 'behind' from back b
     where e.group_name = $1::text and e.topic = b.topic and e.key = b.key and e.reason = 'rewound'
     returning e.topic, e.key`,
    [group],
  );
  if (keys.length > 0) log.warn({ group, keys: keys.length }, 'numbers of a restored source were accepted');
  return keys.length;
}

/**
 * Makes a group's read copy anew: its consumers must be stopped. The group is set back first, so that a crash between
 * the two steps only repeats events that the inbox still knows. `clear` empties the read copy in the transaction that
 * empties the inbox; the events flow in when the consumer starts again.
 */
export async function rebuild(options: {
  pool: Pool;
  transport: Transport;
  group: string;
  topics: readonly string[];
  clear: (sql: Sql) => Promise<void>;
}): Promise<void> {
  const { pool, transport, group, topics, clear } = options;
  await transport.rewind(group, topics);
  const client = await pool.connect();
  try {
    const sql = pgSql(client);
    await client.query('begin');
    await clear(sql);
    await sql.query('delete from platform.inbox_position where group_name = $1::text', [group]);
    await sql.query('delete from platform.parked_event where group_name = $1::text', [group]);
    await sql.query('delete from platform.inbox_place where group_name = $1::text', [group]);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
