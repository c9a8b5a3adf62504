-- The ids of a key's last events, the newest last: by them an event that takes the number of another one is known, as it
-- comes from a source whose database was restored to an earlier time.
alter table inbox_position add column recent uuid[] not null default '{}';

-- How far this database itself has taken in each partition. A transport that is further has a restored database before it,
-- which takes in again what came since.
create table inbox_place (
  group_name text not null,
  topic text not null,
  partition smallint not null,
  position bigint not null,
  recorded_at timestamptz not null default now(),
  primary key (group_name, topic, partition)
);
