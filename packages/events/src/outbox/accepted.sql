-- Last events that were published before this database was restored to an earlier time and that it no longer knows,
-- accepted by an operator: sending goes on behind them (docs/runbooks/restored-database.md).
create table relay_accepted (
  event_id uuid primary key,
  accepted_at timestamptz not null default now()
);
