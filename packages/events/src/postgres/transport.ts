import { Connection, Connections } from '@bangfu/data/connection';
import type { Log, Outgoing, Received, SubscribeOptions, Subscription, Transport } from '../ports.ts';
import { readEnvelope } from '../envelope.ts';
import { pgSql } from '@bangfu/data/sql';
import { type Bell, backOff, bell } from '../wait.ts';
import { PARTITIONS } from '../partitions.ts';
import { type Share, type Shares, joinGroup } from './shares.ts';

const BATCH_ROWS = 1_000;
const SETTLE_MS = 1_000;
const BACK_OFF_BASE_MS = 200;
const BACK_OFF_MAX_MS = 10_000;
/** New records ring; a call that is lost costs this long. */
const POLL_MS = 1_000;
/** A session of the log that does nothing inside a transaction would hold up every reader. */
const LIMITS = '-c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000';

/** An equal part of a batch from each owned partition. */
const readRecords = `
select l.position::text, l.topic, l.partition::int as partition, l.key, l.value
from unnest($1::text[], $2::text[], $3::text[]) as c(topic, partition, position)
cross join lateral (
  select * from platform.log l
  where l.topic = c.topic and l.partition = c.partition::smallint and l.position > c.position::bigint
  order by l.position limit $4::text::int
) l
order by l.position`;

/** The last record of each partition of each topic whose name lies between two texts, by the index alone. */
const lastOfEach = `
with recursive topics(topic) as (
  (select min(topic) from platform.log where topic >= $1::text and topic < $2::text)
  union all
  select (select min(l.topic) from platform.log l where l.topic > t.topic and l.topic < $2::text)
  from topics t where t.topic is not null
)
select r.value from topics t cross join generate_series(0, ${PARTITIONS - 1}) as p(partition)
cross join lateral (
  select l.value from platform.log l where l.topic = t.topic and l.partition = p.partition::smallint
  order by l.position desc limit 1
) r
where t.topic is not null`;

interface Follower {
  options: SubscribeOptions;
  log: Log;
  /** Rung by new records and by stop. */
  rings: Bell;
  isStopping: () => boolean;
}

/** Hands records over until it succeeds or shall stop; keeps its partitions meanwhile. Returns whether it did. */
async function handled(records: Received[], client: Connection, follower: Follower): Promise<boolean> {
  const { options, log, isStopping } = follower;
  for (let failures = 1; !isStopping(); failures++) {
    try {
      await options.handle(records);
      return true;
    } catch (error) {
      log.warn({ group: options.group, failures, err: error }, 'records not handled, will try again');
      const until = Date.now() + backOff(failures, BACK_OFF_BASE_MS, BACK_OFF_MAX_MS);
      while (!isStopping() && Date.now() < until) await follower.rings.wait(until - Date.now());
      await client.query('select 1');
    }
  }
  return false;
}

async function follow(client: Connection, follower: Follower): Promise<void> {
  const sql = pgSql(client);
  const { options, rings, isStopping } = follower;
  client.on('notification', rings.ring);
  // This session writes places only; one lost in a crash delivers again, so it need not wait for the disk.
  await client.query('set synchronous_commit = off');
  await client.query('listen bangfu_log');
  const shares = await joinGroup(sql, options);
  let settled = 0;
  while (!isStopping()) {
    if (Date.now() - settled >= SETTLE_MS) {
      await shares.settle();
      settled = Date.now();
    }
    const records = await sql.query<Received>(readRecords, [
      shares.owned.map((share) => share.topic),
      shares.owned.map((share) => String(share.partition)),
      shares.owned.map((share) => String(share.position)),
      String(Math.ceil(BATCH_ROWS / Math.max(1, shares.owned.length))),
    ]);
    if (records.length === 0) await rings.wait(POLL_MS);
    else if (await handled(records, client, follower)) await shares.commit(advance(shares, records));
  }
}

/** Moves the places of the owned partitions behind the records, and returns those that moved. */
function advance(shares: Shares, records: readonly Received[]): Share[] {
  const moved = new Set<Share>();
  for (const { topic, partition, position } of records) {
    const share = shares.owned.find((own) => own.topic === topic && own.partition === partition);
    if (!share) continue;
    share.position = BigInt(position);
    moved.add(share);
  }
  return [...moved];
}

/**
 * The transport over the embedded log in the database of `url`. Needs no broker: the default on one machine.
 */
export function postgresTransport({ url, log }: { url: string; log: Log }): Transport {
  const pool = new Connections({ connectionString: url, max: 4, connectionTimeoutMillis: 10_000, options: LIMITS });
  pool.on('error', (error) => log.warn({ err: error }, 'a connection to the event log was lost'));
  const subscriptions = new Set<Subscription>();

  const publish = async (records: readonly Outgoing[]): Promise<void> => {
    if (records.length === 0) return;
    await pool.query('select platform.append_log($1::text[], $2::text[], $3::text[])', [
      records.map((record) => record.topic),
      records.map((record) => record.key),
      records.map((record) => record.value),
    ]);
  };

  const subscribe = async (options: SubscribeOptions): Promise<Subscription> => {
    const rings = bell();
    let stopping = false;
    const follower = { options, log, rings, isStopping: () => stopping };
    const running = (async () => {
      for (let failures = 1; !stopping; failures++) {
        const client = new Connection({ connectionString: url, options: LIMITS });
        const began = Date.now();
        try {
          await client.connect();
          await follow(client, follower);
        } catch (error) {
          if (Date.now() - began > BACK_OFF_MAX_MS) failures = 1;
          log.warn({ group: options.group, failures, err: error }, 'consumer lost the event log');
          if (!stopping) await rings.wait(backOff(failures, BACK_OFF_BASE_MS, BACK_OFF_MAX_MS));
        } finally {
          await client.end().catch(() => undefined);
        }
      }
    })();
    const subscription: Subscription = {
      stop: async () => {
        stopping = true;
        rings.ring();
        await running;
        subscriptions.delete(subscription);
      },
    };
    subscriptions.add(subscription);
    return subscription;
  };

  return {
    publish,
    subscribe,
    lastOf: async (source) => {
      const name = source.slice(source.lastIndexOf('/') + 1);
      const rows = await pgSql(pool).query<{ value: string }>(lastOfEach, [`${name}.`, `${name}/`]);
      // What is no event of ours is nobody's last one; consumers park it.
      const events = rows.map(({ value }) => readEnvelope(value));
      return events.flatMap((event) => (event?.source === source ? [event.id] : []));
    },
    rewind: async (group, topics) => {
      await pool.query('delete from platform.group_offset where group_name = $1 and topic = any($2)', [group, topics]);
      // A group that begins at the end by its setting still begins here at the first record.
      await pool.query(
        `insert into platform.group_offset (group_name, topic, partition, position)
         select $1, topic, partition, 0 from unnest($2::text[]) as topic, generate_series(0, ${PARTITIONS - 1}) as partition`,
        [group, topics],
      );
    },
    close: async () => {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await pool.end();
    },
  };
}
