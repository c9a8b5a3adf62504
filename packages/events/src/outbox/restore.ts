import type { Sql } from '../sql.ts';

/** Smaller than the number of any transaction of any cluster, which begin at 3. */
const PUBLISHED = '1';
const WAITING = '2';

/**
 * Makes an outbox readable that was restored into another cluster, whose transaction numbers have nothing to do with
 * those in the rows. Part of restore, by the owner of the tables, before any service runs: what was published stays
 * published, what was waiting waits, in its order.
 */
export async function rebaseOutbox(sql: Sql): Promise<void> {
  await sql.query(
    `update platform.outbox_event e set xid = case
       when exists (select from platform.relay_position p where (e.xid, e.ordinal) <= (p.xid, p.ordinal)) then $1::text::xid8
       else $2::text::xid8 end`,
    [PUBLISHED, WAITING],
  );
  await sql.query(`update platform.event_sequence set xid = $1::text::xid8`, [WAITING]);
  await sql.query(
    `update platform.relay_position set xid = $1::text::xid8, ordinal = 9223372036854775807, recorded_at = now()`,
    [PUBLISHED],
  );
}

/** Whether the outbox speaks of transactions that this cluster has not begun yet: restored and not rebased. */
export async function isFromAnotherCluster(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ foreign: boolean }>(
    `select greatest(
       (select xid from platform.outbox_event order by xid desc, ordinal desc limit 1),
       (select max(xid) from platform.relay_position)
     ) >= pg_snapshot_xmax(pg_current_snapshot()) as foreign`,
  );
  return row?.foreign ?? false;
}
