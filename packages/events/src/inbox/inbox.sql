-- A service's inbox: how far each key has been applied, and what waits for somebody to look at it.
create table inbox_position (
  group_name text not null,
  topic text not null,
  key text not null,
  last bigint not null,
  county_code text not null,
  recorded_at timestamptz not null default now(),
  primary key (group_name, topic, key)
);

create table parked_event (
  group_name text not null,
  place text not null,
  topic text not null,
  key text not null,
  sequence bigint,
  type text,
  county_code text,
  envelope text not null,
  reason text not null,
  detail text not null,
  parked_at timestamptz not null default now(),
  primary key (group_name, place)
);
create unique index parked_event_sequence on parked_event (group_name, topic, key, sequence);
