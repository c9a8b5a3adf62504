-- The embedded log, in the schema "platform" of a database of its own. Records enter only through append_log: its lock
-- lasts until commit, so positions are gapless and become visible in order, and a reader can follow them.
create table log (
  position bigint primary key,
  topic text not null,
  key text not null,
  partition smallint not null,
  value text not null,
  recorded_at timestamptz not null default now()
);
create index log_by_partition on log (topic, partition, position);

create table group_offset (
  group_name text not null,
  topic text not null,
  partition smallint not null,
  position bigint not null,
  recorded_at timestamptz not null default now(),
  primary key (group_name, topic, partition)
);

create function append_log(topics text[], keys text[], vals text[]) returns bigint
language plpgsql security definer set search_path = platform, pg_temp as $$
declare
  head bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('bangfu.log', 0));
  select coalesce(max(position), 0) into head from log;
  insert into log (position, topic, key, partition, value)
  select head + n, g.topic, g.key, crc32(convert_to(g.key, 'UTF8')) % 8, g.value
  from unnest(topics, keys, vals) with ordinality as g(topic, key, value, n);
  perform pg_notify('bangfu_log', '');
  return head + coalesce(array_length(keys, 1), 0);
end $$;
revoke execute on function append_log(text[], text[], text[]) from public;
