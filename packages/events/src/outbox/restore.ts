import type { Sql } from '@bangfu/data/sql';

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

/**
 * Lets a service send again whose database was restored to an earlier time without the others: by an operator who knows
 * that what came since is lost. Its next events take the numbers of the lost ones; the other services park them until
 * they accept that too. `published`: the last events the transport has of the service.
 * @returns how many of them the outbox did not know
 */
export async function acceptRestored(sql: Sql, published: readonly string[]): Promise<number> {
  const accepted = await sql.query(
    `insert into platform.relay_accepted (event_id) select id::uuid from unnest($1::text[]) as g(id)
     where not exists (select from platform.outbox_event e where e.id = g.id::uuid) on conflict do nothing returning 1`,
    [[...published]],
  );
  return accepted.length;
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
