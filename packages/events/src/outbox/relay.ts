import type { Pool, PoolClient } from 'pg';
import { envelopeText } from '../envelope.ts';
import type { Log, Outgoing, Transport } from '../ports.ts';
import { type Sql, pgSql } from '@bangfu/data/sql';
import { backOff, bell } from '../wait.ts';
import { isFromAnotherCluster } from './restore.ts';

const BATCH_ROWS = 1_000;
/** Bounds the memory of a batch; each acknowledged group costs a commit, so groups are not small. */
const BATCH_BYTES = 4 * 1024 * 1024;
const CHANNEL = 'bangfu_outbox';
const LOCK = `hashtextextended('bangfu.relay', 0)`;
const STANDBY_MS = 1_000;
/** The first pause before another look at events that are held back; each further one is twice as long. */
const HELD_BACK_MS = 20;
const BACK_OFF_BASE_MS = 200;
const BACK_OFF_MAX_MS = 10_000;

export interface RelayOptions {
  /** Name of the service: the events' source `/bangfu/<service>`. */
  service: string;
  /** The service's own database; one connection is kept while the relay runs. */
  pool: Pool;
  transport: Transport;
  log: Log;
  /** How often to look without being woken, in milliseconds. */
  pollMs?: number;
}

export interface Relay {
  /** Tells the relay that events were committed. Call it after the commit; a lost call costs one poll. */
  wake(): void;
  /** Events committed and not yet acknowledged by the broker, and the age of the oldest in milliseconds. */
  lag(): Promise<{ events: number; oldestMs: number }>;
  /** Whether nothing is sent because the outbox was restored to an earlier time and nobody has accepted that. */
  isRewound(): boolean;
  stop(): Promise<void>;
}

interface Row {
  id: string;
  xid: string;
  ordinal: string;
  topic: string;
  key: string;
  sequence: string;
  type: string;
  county_code: string;
  occurred_at: Date;
  data: string;
}

interface Position {
  xid: string;
  ordinal: string;
}

const BEGINNING: Position = { xid: '0', ordinal: '0' };

/** A row below the oldest running transaction can have no earlier row that is still to be committed. */
const readBatch = `
select e.id, e.xid::text, e.ordinal::text, e.topic, e.key, e.sequence::text, e.type, e.county_code, e.occurred_at,
       e.data::text
from platform.outbox_event e
where (e.xid, e.ordinal) > ($1::text::xid8, $2::text::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
order by e.xid, e.ordinal limit ${BATCH_ROWS}`;

const storePosition = `
insert into platform.relay_position (name, xid, ordinal) values ('outbox', $1::text::xid8, $2::text::bigint)
on conflict (name) do update set xid = excluded.xid, ordinal = excluded.ordinal, recorded_at = now()`;

const readAfter = (sql: Sql, { xid, ordinal }: Position): Promise<Row[]> => sql.query<Row>(readBatch, [xid, ordinal]);

async function loadPosition(sql: Sql): Promise<Position> {
  const [row] = await sql.query<Position>(
    `select xid::text, ordinal::text from platform.relay_position where name = 'outbox'`,
  );
  return row ?? BEGINNING;
}

function recordOf(service: string, row: Row): Outgoing {
  const { id, type, topic, key, data } = row;
  const event = { id, type, key, data, source: `/bangfu/${service}`, sequence: Number(row.sequence) };
  return { topic, key, value: envelopeText({ ...event, countyCode: row.county_code, occurredAt: row.occurred_at }) };
}

/** Rows in groups that one call to the broker carries. */
function groupsOf(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const group = groups.at(-1);
    if (group && bytes + row.data.length <= BATCH_BYTES) {
      group.push(row);
      bytes += row.data.length;
    } else {
      groups.push([row]);
      bytes = row.data.length;
    }
  }
  return groups;
}

/**
 * Sends what waits until nothing does; the next rows are read while the broker takes the present ones. The place is
 * stored after the broker acknowledged: a crash between the two sends them again, and consumers know repeats by
 * their sequence.
 * @returns how many events were sent
 */
async function relayAll(sql: Sql, service: string, transport: Transport, isStopping: () => boolean): Promise<number> {
  let sent = 0;
  let rows = await readAfter(sql, await loadPosition(sql));
  for (let end = rows.at(-1); end && !isStopping(); end = rows.at(-1)) {
    const following = rows.length === BATCH_ROWS ? readAfter(sql, end) : Promise.resolve([]);
    // Whoever fails first tells; the other's failure is of the same moment.
    following.catch(() => undefined);
    for (const group of groupsOf(rows)) {
      await transport.publish(group.map((row) => recordOf(service, row)));
      const last = group.at(-1) ?? end;
      await sql.query(storePosition, [last.xid, last.ordinal]);
    }
    sent += rows.length;
    rows = await following;
  }
  return sent;
}

/** The database of the outbox was restored to an earlier time: what was published since is unknown to it. */
export class OutboxRewound extends Error {
  constructor() {
    super('the outbox does not know events it has published: its database was restored to an earlier time');
    this.name = 'OutboxRewound';
  }
}

/**
 * Compares the outbox with the last events the transport has of it. Where the transport was restored, it is sent again
 * what it lost. @throws OutboxRewound where the outbox was; nothing is sent until an operator has accepted that
 */
async function compareWithTransport(sql: Sql, service: string, transport: Transport, log: Log): Promise<void> {
  const published = await transport.lastOf?.(`/bangfu/${service}`);
  if (!published) return;
  const unknown = await sql.query<{ id: string }>(
    `select id from unnest($1::text[]) as g(id)
     where not exists (select from platform.outbox_event e where e.id = g.id::uuid)
       and not exists (select from platform.relay_accepted a where a.event_id = g.id::uuid)`,
    [[...published]],
  );
  if (unknown.length > 0) throw new OutboxRewound();
  const back = await sql.query(
    `update platform.relay_position p set xid = l.xid, ordinal = l.ordinal, recorded_at = now()
     from (select xid, ordinal from platform.outbox_event where id = any($1::text[]::uuid[])
           union all select '0'::xid8, 0 order by 1 desc, 2 desc limit 1) l
     where p.name = 'outbox' and (p.xid, p.ordinal) > (l.xid, l.ordinal) and exists (
       select from platform.outbox_event e
       where (e.xid, e.ordinal) > (l.xid, l.ordinal) and (e.xid, e.ordinal) <= (p.xid, p.ordinal))
     returning 1`,
    [[...published]],
  );
  if (back.length > 0) log.warn({ service }, 'the event log was restored to an earlier time: events are sent again');
}

async function becomeRelay(
  client: PoolClient,
  { service, transport, log }: Pick<RelayOptions, 'service' | 'transport' | 'log'>,
): Promise<boolean> {
  const [row] = await pgSql(client).query<{ locked: boolean }>(`select pg_try_advisory_lock(${LOCK}) as locked`);
  if (!row?.locked) return false;
  if (await isFromAnotherCluster(pgSql(client))) {
    throw new Error('the outbox was restored from another cluster and not rebased (docs/runbooks/parked-events.md)');
  }
  await compareWithTransport(pgSql(client), service, transport, log);
  // A place lost in a crash sends events again, which does no harm: it need not wait for the disk.
  await client.query('set synchronous_commit = off');
  await client.query(`listen ${CHANNEL}`);
  return true;
}

/**
 * Starts sending the outbox of a service. Of several instances one sends and the others stand by (advisory lock).
 * While the broker or the database is away it tries again with back-off; commands go on writing, nothing is lost.
 */
export function startRelay({ service, pool, transport, log, pollMs = 1_000 }: RelayOptions): Relay {
  const rings = bell();
  /** Whether the relay was called since it last looked. */
  let called = true;
  const callRelay = () => {
    called = true;
    rings.ring();
  };
  /** Rung by stop only: a command's call must not cut a back-off short. */
  const halt = bell();
  let stopping = false;
  let sending = false;
  let failures = 0;
  let rewound = false;

  const send = async (client: PoolClient): Promise<void> => {
    const sql = pgSql(client);
    let pause = pollMs;
    while (!stopping) {
      try {
        const wasCalled = called;
        called = false;
        const sent = await relayAll(sql, service, transport, () => stopping);
        if (failures > 0) log.info({ service, failures }, 'relay sends again');
        failures = 0;
        // Another transaction that began earlier may hold some events back for a moment: looked for soon, then rarely.
        pause = wasCalled || sent > 0 ? Math.min(pollMs, HELD_BACK_MS) : Math.min(pollMs, pause * 2);
        await rings.wait(pause);
      } catch (error) {
        failures += 1;
        log.warn({ service, failures, err: error }, 'relay could not send, will try again');
        await halt.wait(backOff(failures, BACK_OFF_BASE_MS, BACK_OFF_MAX_MS));
        await client.query('select 1');
      }
    }
  };

  const lead = async (): Promise<void> => {
    const client = await pool.connect();
    let lost: Error | undefined;
    client.on('error', (error) => (lost = error));
    client.on('notification', callRelay);
    try {
      while (!stopping && !lost && !sending) {
        sending = await becomeRelay(client, { service, transport, log });
        rewound = false;
        if (!sending) await rings.wait(STANDBY_MS);
      }
      if (sending) await send(client);
    } finally {
      sending = false;
      // Destroyed, not returned: the session holds the lock and listens.
      client.release(true);
    }
  };

  const running = (async () => {
    while (!stopping) {
      try {
        await lead();
      } catch (error) {
        failures += 1;
        rewound = error instanceof OutboxRewound;
        const what = rewound
          ? 'relay does not send: see docs/runbooks/restored-database.md'
          : 'relay lost its database, will try again';
        log.error({ service, failures, err: error }, what);
        await halt.wait(backOff(failures, BACK_OFF_BASE_MS, BACK_OFF_MAX_MS));
      }
    }
  })();

  return {
    wake: () => {
      if (sending) return callRelay();
      // Another instance sends. The notice is a transaction of its own, as one inside the command's would make all
      // commits wait for each other.
      pool.query(`notify ${CHANNEL}`).catch((error: unknown) => {
        log.warn({ service, err: error }, 'could not wake the relay');
      });
    },
    lag: async () => {
      const sql = pgSql(pool);
      const { xid, ordinal } = await loadPosition(sql);
      const [row] = await sql.query<{ events: number; oldest: number }>(
        `select count(*)::int as events,
                coalesce(extract(epoch from clock_timestamp() - min(e.recorded_at)) * 1000, 0)::float8 as oldest
         from platform.outbox_event e where (e.xid, e.ordinal) > ($1::text::xid8, $2::text::bigint)`,
        [xid, ordinal],
      );
      return { events: row?.events ?? 0, oldestMs: row?.oldest ?? 0 };
    },
    isRewound: () => rewound,
    stop: async () => {
      stopping = true;
      halt.ring();
      rings.ring();
      await running;
    },
  };
}
