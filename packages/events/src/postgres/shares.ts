import type { Sql } from '@bangfu/data/sql';
import { PARTITIONS } from '../partitions.ts';
import type { SubscribeOptions } from '../ports.ts';

/** A partition of a topic that this consumer owns, and the place up to which its group has handled it. */
export interface Share {
  topic: string;
  partition: number;
  position: bigint;
}

/**
 * The partitions of a group are divided among its live consumers by session locks: every consumer holds a shared
 * lock as its sign of life, and an exclusive one for each partition that it owns. A connection that dies frees both.
 */
export interface Shares {
  readonly owned: readonly Share[];
  /** Takes or gives up partitions, so that every live consumer of the group has a fair part. */
  settle(): Promise<void>;
  /** Stores places after their records were handled. */
  commit(shares: readonly Share[]): Promise<void>;
}

const nameOf = (group: string, topic: string, partition: number): string =>
  `bangfu.part ${group} ${topic} ${partition}`;

const countMembers = `
select count(*)::int as members from pg_locks l, hashtextextended($1::text, 0) as h(key)
where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.granted and l.objsubid = 1
  and l.database = (select oid from pg_database where datname = current_database())
  and l.classid = ((h.key >> 32) & 4294967295)::text::oid and l.objid = (h.key & 4294967295)::text::oid`;

const storeOffsets = `
insert into platform.group_offset (group_name, topic, partition, position)
select $1::text, topic, partition::smallint, position::bigint
from unnest($2::text[], $3::text[], $4::text[]) as g(topic, partition, position)
on conflict (group_name, topic, partition) do update set position = excluded.position, recorded_at = now()`;

const placeOfGroup = `
select coalesce(
  (select position from platform.group_offset where group_name = $1::text and topic = $2::text and partition = $3::text::smallint),
  case when $4::text = 'beginning' then 0 else (select coalesce(max(position), 0) from platform.log) end)::text as position`;

export async function joinGroup(
  sql: Sql,
  { group, topics, fromBeginning, placeOf }: Pick<SubscribeOptions, 'group' | 'topics' | 'fromBeginning' | 'placeOf'>,
): Promise<Shares> {
  const sign = `bangfu.group ${group}`;
  const all = topics.flatMap((topic) => Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition })));
  const owned: Share[] = [];
  await sql.query(`select pg_advisory_lock_shared(hashtextextended($1::text, 0))`, [sign]);

  const commit = async (shares: readonly Share[]): Promise<void> => {
    await sql.query(storeOffsets, [
      group,
      shares.map((share) => share.topic),
      shares.map((share) => String(share.partition)),
      shares.map((share) => String(share.position)),
    ]);
  };

  const take = async (topic: string, partition: number): Promise<boolean> => {
    const [lock] = await sql.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(hashtextextended($1::text, 0)) as taken`,
      [nameOf(group, topic, partition)],
    );
    if (!lock?.taken) return false;
    const begin = fromBeginning ? 'beginning' : 'end';
    const [place] = await sql.query<{ position: string }>(placeOfGroup, [group, topic, String(partition), begin]);
    const stored = BigInt(place?.position ?? '0');
    // A database that was restored to an earlier time takes in again what came since.
    const own = await placeOf?.(topic, partition);
    const share = { topic, partition, position: own !== undefined && own < stored ? own : stored };
    owned.push(share);
    // A group that begins at the end has its place from now on, also if it is stopped before the first record.
    if (!fromBeginning) await commit([share]);
    return true;
  };

  const settle = async (): Promise<void> => {
    const [row] = await sql.query<{ members: number }>(countMembers, [sign]);
    const fair = Math.ceil(all.length / Math.max(1, row?.members ?? 1));
    while (owned.length > fair) {
      const { topic, partition } = owned.pop() as Share;
      await sql.query(`select pg_advisory_unlock(hashtextextended($1::text, 0))`, [nameOf(group, topic, partition)]);
    }
    for (const { topic, partition } of all) {
      if (owned.length >= fair) break;
      if (!owned.some((share) => share.topic === topic && share.partition === partition)) await take(topic, partition);
    }
  };

  return { owned, settle, commit };
}
