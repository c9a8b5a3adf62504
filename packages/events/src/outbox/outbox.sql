-- A service's outbox, in the schema "platform" (search_path is set by whoever applies it).

-- xid is the transaction that wrote the row, or a later one that wrote an earlier event of the same key: so (xid, ordinal)
-- is an order in which nothing turns up behind a reader who stays below the oldest running transaction, and in which the
-- events of one key stand by sequence.
create table outbox_event (
  id uuid primary key,
  xid xid8 not null default pg_current_xact_id(),
  ordinal bigint generated always as identity,
  topic text not null,
  key text not null,
  sequence bigint not null,
  type text not null,
  county_code text not null,
  occurred_at timestamptz not null,
  data jsonb not null,
  recorded_at timestamptz not null default now()
);
create index outbox_event_order on outbox_event (xid, ordinal);

create table event_sequence (
  topic text not null,
  key text not null,
  last bigint not null,
  xid xid8 not null,
  county_code text not null,
  recorded_at timestamptz not null default now(),
  primary key (topic, key)
);

create table relay_position (
  name text primary key,
  xid xid8 not null,
  ordinal bigint not null,
  recorded_at timestamptz not null default now()
);
