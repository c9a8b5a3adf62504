import { type Envelope, readEnvelope, topicOf } from '../envelope.ts';
import type { Sql } from '@bangfu/data/sql';

/** Why an event waits in parked_event instead of having been applied. */
export type ParkReason =
  /** The reaction or the schema of its type refused it, also on repeated trial. */
  | 'failed'
  /** An earlier event of its key is parked. */
  | 'behind'
  /** An earlier event of its key has not arrived yet. */
  | 'gap'
  /** It is not an event of ours. */
  | 'unreadable'
  /** Its number was another event's: the database of its source was restored to an earlier time. */
  | 'rewound';

/** As many ids are kept of each key. A restored source is known by its first event that takes one of their numbers. */
const RECENT = 16;

/** An event on its way through the inbox; `envelope` is undefined when the text could not be read. */
export interface Incoming {
  topic: string;
  key: string;
  /** Names the record for good: topic, partition and position. */
  place: string;
  text: string;
  envelope: Envelope | undefined;
}

/** Whether an event is one that the topic's service tells of the key: nobody else speaks on its topics. */
const belongs = ({ aggregate, type, source }: Envelope, topic: string, key: string): boolean =>
  aggregate === key && topicOf(type) === topic && source === `/bangfu/${topic.slice(0, topic.indexOf('.'))}`;

/** Reads a text that came under a key; what is not an event of ours, another key's or another service's has no envelope. */
export function readIncoming(topic: string, key: string, place: string, text: string): Incoming {
  const envelope = readEnvelope(text);
  return { topic, key, place, text, envelope: envelope && belongs(envelope, topic, key) ? envelope : undefined };
}

export interface Parking {
  incoming: Incoming;
  reason: ParkReason;
  detail: string;
}

/** How far a key has been applied, and the lowest number of it that is parked. */
export interface KeyState {
  topic: string;
  key: string;
  countyCode: string;
  last: number;
  isNew: boolean;
  parked: number | undefined;
  /** The ids of its last events, the newest last. */
  recent: string[];
}

/** Another consumer of the group handled the same new key at the same moment; the batch is taken again. */
export class KeyTaken extends Error {}

export const stateKey = (record: { topic: string; key: string }): string => `${record.topic} ${record.key}`;

/**
 * Key by key through the index, in the order given: a join may read all keys of the group for each batch. A subquery
 * that locks is never merged into the statement around it.
 */
const lockKeys = `
select g.topic, g.key, h.last::text as last, array_to_string(h.recent, ' ') as recent,
  case when (select exists (select from platform.parked_event e where e.group_name = $1::text)) then
    (select min(e.sequence)::text from platform.parked_event e
     where e.group_name = $1::text and e.topic = g.topic and e.key = g.key) end as parked
from unnest($2::text[], $3::text[]) as g(topic, key)
left join lateral (
  select p.last, p.recent from platform.inbox_position p
  where p.group_name = $1::text and p.topic = g.topic and p.key = g.key for update
) h on true`;

/** Reads the state of keys and locks those that have one until the end of the transaction. */
export async function lockStates(sql: Sql, group: string, list: readonly Incoming[]): Promise<Map<string, KeyState>> {
  const keys = new Map(list.map((incoming) => [stateKey(incoming), incoming]));
  // Whoever locks keys of the same group does it in one order, so that no two wait for each other.
  const given = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, incoming]) => incoming);
  const rows = await sql.query<{
    topic: string;
    key: string;
    last: string | null;
    recent: string | null;
    parked: string | null;
  }>(lockKeys, [group, given.map((incoming) => incoming.topic), given.map((incoming) => incoming.key)]);
  return new Map(
    rows.map(({ topic, key, last, recent, parked }) => {
      const countyCode = keys.get(stateKey({ topic, key }))?.envelope?.countycode ?? '';
      const ids = recent ? recent.split(' ') : [];
      const state = { topic, key, countyCode, last: Number(last ?? 0), isNew: last === null, recent: ids };
      return [stateKey(state), { ...state, parked: parked === null ? undefined : Number(parked) }];
    }),
  );
}

const columns = (states: readonly KeyState[]): string[][] => [
  states.map((state) => state.topic),
  states.map((state) => state.key),
  states.map((state) => String(state.last)),
  states.map((state) => `{${state.recent.slice(-RECENT).join(',')}}`),
  states.map((state) => state.countyCode),
];

/** Stores how far keys came. @throws KeyTaken when a key that was new is not any more. */
export async function storeStates(sql: Sql, group: string, states: readonly KeyState[]): Promise<void> {
  const fresh = states.filter((state) => state.isNew);
  const known = states.filter((state) => !state.isNew);
  if (fresh.length > 0) {
    const inserted = await sql.query(
      `insert into platform.inbox_position (group_name, topic, key, last, recent, county_code)
       select $1::text, topic, key, last::bigint, recent::uuid[], county_code
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as g(topic, key, last, recent, county_code)
       order by topic, key
       on conflict do nothing returning 1`,
      [group, ...columns(fresh)],
    );
    if (inserted.length < fresh.length) throw new KeyTaken('a key of the batch was taken by another consumer');
  }
  if (known.length > 0) {
    await sql.query(
      `update platform.inbox_position p set last = g.last::bigint, recent = g.recent::uuid[], recorded_at = now()
       from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as g(topic, key, last, recent)
       where p.group_name = $1::text and p.topic = g.topic and p.key = g.key`,
      [group, ...columns(known).slice(0, 4)],
    );
  }
}

/** How far a group has taken in a partition, -1 for nothing of it; undefined when it has kept no account at all yet. */
export async function placeOf(sql: Sql, group: string, topic: string, partition: number): Promise<bigint | undefined> {
  const [row] = await sql.query<{ position: string | null }>(
    `select max(position) filter (where topic = $2::text and partition = $3::text::smallint)::text as position
     from platform.inbox_place where group_name = $1::text having count(*) > 0`,
    [group, topic, String(partition)],
  );
  return row && BigInt(row.position ?? -1);
}

/** Stores how far a group has taken in the partitions of the records. */
export async function storePlaces(sql: Sql, group: string, list: readonly Incoming[]): Promise<void> {
  const places = new Map<string, [topic: string, partition: string, position: string]>();
  for (const { topic, place } of list) {
    const [position = '', partition = ''] = place.split('/').reverse();
    places.set(`${topic}/${partition}`, [topic, partition, position]);
  }
  const given = [...places.values()].sort(([a, p], [b, q]) => (a === b ? Number(p) - Number(q) : a < b ? -1 : 1));
  await sql.query(
    `insert into platform.inbox_place (group_name, topic, partition, position)
     select $1::text, topic, partition::smallint, position::bigint
     from unnest($2::text[], $3::text[], $4::text[]) as g(topic, partition, position)
     on conflict (group_name, topic, partition) do update set position = excluded.position, recorded_at = now()`,
    [group, ...[0, 1, 2].map((at) => given.map((place) => place[at] ?? ''))],
  );
}

/** Parks events; one that is parked already stays as it is. */
export async function park(sql: Sql, group: string, parkings: readonly Parking[]): Promise<void> {
  if (parkings.length === 0) return;
  const of = (pick: (parking: Parking) => string | undefined) => parkings.map((parking) => pick(parking) ?? null);
  await sql.query(
    `insert into platform.parked_event (group_name, topic, key, place, sequence, type, county_code, envelope, reason, detail)
     select $1::text, topic, key, place, sequence::bigint, type, county_code, envelope, reason, detail
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                 $10::text[])
       as g(topic, key, place, sequence, type, county_code, envelope, reason, detail)
     on conflict do nothing`,
    [
      group,
      of(({ incoming }) => incoming.topic),
      of(({ incoming }) => incoming.key),
      of(({ incoming }) => incoming.place),
      of(({ incoming }) => incoming.envelope && String(incoming.envelope.sequence)),
      of(({ incoming }) => incoming.envelope?.type),
      of(({ incoming }) => incoming.envelope?.countycode),
      of(({ incoming }) => incoming.text),
      of(({ reason }) => reason),
      of(({ detail }) => detail),
    ],
  );
}
