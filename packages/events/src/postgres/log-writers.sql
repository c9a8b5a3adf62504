-- Who may append to which topics: a service by a role of its own to those of its name, `*` to all where one role serves
-- all services. Filled with the grants; append_log alone reads it.
create table log_writer (
  role text primary key,
  service text not null
);

create or replace function append_log(topics text[], keys text[], vals text[]) returns bigint
language plpgsql security definer set search_path = platform, pg_temp as $$
declare
  head bigint;
  foreign_topic text;
begin
  select t into foreign_topic from unnest(topics) as t
  where not exists (
    select from log_writer w where w.role = session_user and (w.service = '*' or w.service = split_part(t, '.', 1))
  ) limit 1;
  if found then
    raise exception 'permission denied: % may not append to topic %', session_user, foreign_topic using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('bangfu.log', 0));
  select coalesce(max(position), 0) into head from log;
  insert into log (position, topic, key, partition, value)
  select head + n, g.topic, g.key, crc32(convert_to(g.key, 'UTF8')) % 8, g.value
  from unnest(topics, keys, vals) with ordinality as g(topic, key, value, n);
  perform pg_notify('bangfu_log', '');
  return head + coalesce(array_length(keys, 1), 0);
end $$;
