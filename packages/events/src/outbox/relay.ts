import type { Pool, PoolClient } from 'pg';
import { envelopeText } from '../envelope.ts';
import type { Log, Outgoing, Transport } from '../ports.ts';
import { type Sql, pgSql } from '../sql.ts';
import { backOff, bell, reasonOf } from '../wait.ts';
import { isFromAnotherCluster } from './restore.ts';

const BATCH_ROWS = 1_000;
const BATCH_BYTES = 512 * 1024;
const CHANNEL = 'bangfu_outbox';
const LOCK = `hashtextextended('bangfu.relay', 0)`;
const STANDBY_MS = 1_000;
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

const waiting = `
from platform.outbox_event e
where (e.xid, e.ordinal) > (
    coalesce((select xid from platform.relay_position where name = 'outbox'), '0'::xid8),
    coalesce((select ordinal from platform.relay_position where name = 'outbox'), 0))`;

/** A row below the oldest running transaction can have no earlier row that is still to be committed. */
const readBatch = `
select e.id, e.xid::text, e.ordinal::text, e.topic, e.key, e.sequence::text, e.type, e.county_code, e.occurred_at,
       e.data::text ${waiting} and e.xid < pg_snapshot_xmin(pg_current_snapshot())
order by e.xid, e.ordinal limit ${BATCH_ROWS}`;

const storePosition = `
insert into platform.relay_position (name, xid, ordinal) values ('outbox', $1::text::xid8, $2::text::bigint)
on conflict (name) do update set xid = excluded.xid, ordinal = excluded.ordinal, recorded_at = now()`;

/**
 * Sends one batch and stores how far it came. Returns whether there may be more. A crash between the two sends the
 * batch again: consumers know repeats by their sequence.
 */
async function relayBatch(sql: Sql, service: string, transport: Transport): Promise<boolean> {
  const rows = await sql.query<Row>(readBatch);
  const records: Outgoing[] = [];
  let bytes = 0;
  let last: Row | undefined;
  for (const row of rows) {
    const { id, type, key, data } = row;
    const event = { id, type, key, data, source: `/bangfu/${service}`, sequence: Number(row.sequence) };
    const value = envelopeText({ ...event, countyCode: row.county_code, occurredAt: row.occurred_at });
    bytes += Buffer.byteLength(value);
    if (last && bytes > BATCH_BYTES) break;
    records.push({ topic: row.topic, key, value });
    last = row;
  }
  if (!last) return false;
  await transport.publish(records);
  await sql.query(storePosition, [last.xid, last.ordinal]);
  return records.length < rows.length || rows.length === BATCH_ROWS;
}

async function becomeRelay(client: PoolClient): Promise<boolean> {
  const [row] = await pgSql(client).query<{ locked: boolean }>(`select pg_try_advisory_lock(${LOCK}) as locked`);
  if (!row?.locked) return false;
  if (await isFromAnotherCluster(pgSql(client))) {
    throw new Error('the outbox was restored from another cluster and not rebased: run the restore command to its end');
  }
  await client.query(`listen ${CHANNEL}`);
  return true;
}

/**
 * Starts sending the outbox of a service. Of several instances one sends and the others stand by (advisory lock).
 * While the broker or the database is away it tries again with back-off; commands go on writing, nothing is lost.
 */
export function startRelay({ service, pool, transport, log, pollMs = 100 }: RelayOptions): Relay {
  const rings = bell();
  /** Rung by stop only: a command's call must not cut a back-off short. */
  const halt = bell();
  let stopping = false;
  let sending = false;
  let failures = 0;

  const send = async (client: PoolClient): Promise<void> => {
    const sql = pgSql(client);
    while (!stopping) {
      try {
        const more = await relayBatch(sql, service, transport);
        if (failures > 0) log.info({ service, failures }, 'relay sends again');
        failures = 0;
        if (!more) await rings.wait(pollMs);
      } catch (error) {
        failures += 1;
        log.warn({ service, failures, reason: reasonOf(error) }, 'relay could not send, will try again');
        await halt.wait(backOff(failures, BACK_OFF_BASE_MS, BACK_OFF_MAX_MS));
        await client.query('select 1');
      }
    }
  };

  const lead = async (): Promise<void> => {
    const client = await pool.connect();
    let lost: Error | undefined;
    client.on('error', (error) => (lost = error));
    client.on('notification', rings.ring);
    try {
      while (!stopping && !lost && !sending) {
        sending = await becomeRelay(client);
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
        log.error({ service, failures, reason: reasonOf(error) }, 'relay lost its database, will try again');
        await halt.wait(backOff(failures, BACK_OFF_BASE_MS, BACK_OFF_MAX_MS));
      }
    }
  })();

  return {
    wake: () => {
      if (sending) return rings.ring();
      // Another instance sends. The notice is a transaction of its own, as one inside the command's would make all
      // commits wait for each other.
      pool.query(`notify ${CHANNEL}`).catch((error: unknown) => {
        log.warn({ service, reason: reasonOf(error) }, 'could not wake the relay');
      });
    },
    lag: async () => {
      const [row] = await pgSql(pool).query<{ events: number; oldest: number }>(
        `select count(*)::int as events,
                coalesce(extract(epoch from clock_timestamp() - min(e.recorded_at)) * 1000, 0)::float8 as oldest
         ${waiting}`,
      );
      return { events: row?.events ?? 0, oldestMs: row?.oldest ?? 0 };
    },
    stop: async () => {
      stopping = true;
      halt.ring();
      rings.ring();
      await running;
    },
  };
}
