-- What the clock does in this service and how its runs went: shown in health. The queue keeps the hours themselves.
create table schedule (
  name text primary key,
  cron text not null,
  next_at timestamptz not null,
  begun_at timestamptz,
  done_at timestamptz,
  failed_at timestamptz,
  -- A code or the kind of the error: its words may hold values of rows.
  failure text,
  recorded_at timestamptz not null default now()
);
