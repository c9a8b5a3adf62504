import type { EventDefinition, NewEvent } from '../catalog/define.ts';
import type { Sql } from '@bangfu/data/sql';

/**
 * From `source (n, id, topic, key, type, county_code, occurred_at, data)` to outbox rows. The upsert on
 * event_sequence locks each key until commit, so numbers are gapless and commit in their order; keys are locked in
 * sorted order, so that two commands cannot wait for each other.
 */
const numberAndInsert = `
, ranked as (
  select *, row_number() over (partition by topic, key order by n) as nth from source
), numbered as (
  insert into platform.event_sequence as s (topic, key, last, xid, county_code)
  select topic, key, max(nth), pg_current_xact_id(), min(county_code) from ranked group by topic, key order by topic, key
  on conflict (topic, key) do update
    set last = s.last + excluded.last, xid = greatest(s.xid, excluded.xid), recorded_at = now()
  returning new.topic, new.key, coalesce(old.last, 0) as before, new.xid
), written as (
  insert into platform.outbox_event (id, xid, topic, key, sequence, type, county_code, occurred_at, data)
  select g.id, b.xid, g.topic, g.key, b.before + g.nth, g.type, g.county_code, g.occurred_at, g.data
  from ranked g join numbered b using (topic, key)
  order by g.n
  returning 1
)
select count(*)::int as events from written`;

const appendGiven = `
with source as (
  select n, id::uuid, topic, key, type, county_code, $1::text::timestamptz as occurred_at, data::jsonb
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
    with ordinality as g(id, topic, key, type, county_code, data, n)
)${numberAndInsert}`;

/**
 * Appends events to the outbox inside the caller's transaction, in one statement. Events of one key get consecutive
 * numbers in the order given. `newId` gives a UUIDv7 each. The relay sends them after the commit.
 */
export async function appendEvents(
  sql: Sql,
  events: readonly NewEvent[],
  now: Date,
  newId: () => string,
): Promise<void> {
  if (events.length === 0) return;
  await sql.query(appendGiven, [
    now.toISOString(),
    events.map(() => newId()),
    events.map((event) => event.topic),
    events.map((event) => event.key),
    events.map((event) => event.type),
    events.map((event) => event.countyCode),
    events.map((event) => JSON.stringify(event.data)),
  ]);
}

/**
 * Appends one event for each row of a query, without the rows passing through this process: for bulk jobs. The query
 * gives the columns `key text, county_code text, data jsonb` in the order in which events of one key shall stand; it
 * may use parameters `$1 …`. The data are not checked against the type's schema: the job's test does that on what it
 * wrote. Returns the number of events.
 */
export async function appendEventsFromQuery(
  sql: Sql,
  definition: Pick<EventDefinition, 'type' | 'topic'>,
  query: string,
  params: readonly unknown[],
  now: Date,
): Promise<number> {
  const at = params.length;
  // Until the end of the transaction: sorting a hundred thousand events on disk takes twice as long.
  await sql.query(`select set_config('work_mem', '128MB', true)`);
  const statement = `
with source as materialized (
  select row_number() over () as n, uuidv7() as id, $${at + 1}::text as topic, q.key::text as key,
         $${at + 2}::text as type, q.county_code::text as county_code,
         $${at + 3}::text::timestamptz as occurred_at, q.data::jsonb as data
  from (${query}) q
)${numberAndInsert}`;
  // No statistics know of rows the transaction itself wrote: the planner would expect one and pair all with all.
  await sql.query(`select set_config('enable_nestloop', 'off', true)`);
  const [row] = await sql.query<{ events: number }>(statement, [
    ...params,
    definition.topic,
    definition.type,
    now.toISOString(),
  ]);
  await sql.query(`select set_config('enable_nestloop', 'on', true)`);
  return row?.events ?? 0;
}
