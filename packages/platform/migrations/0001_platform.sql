-- Tables every service has beside its own, in the schema "platform": what the kit reads and writes.

-- One row for each act, written in the act's transaction; sealed in commit order by one sealer (architecture, decision 6).
CREATE TABLE audit_entry (
  id           uuid PRIMARY KEY,
  xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
  ordinal      bigint GENERATED ALWAYS AS IDENTITY,
  county_code  text NOT NULL,
  at           timestamptz NOT NULL,
  account_id   text NOT NULL,
  account_name text NOT NULL,
  address      text NOT NULL,
  request_id   text NOT NULL,
  action       text NOT NULL,
  record_type  text NOT NULL,
  record_id    text NOT NULL,
  change       jsonb NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_entry_order ON audit_entry (xid, ordinal);
CREATE UNIQUE INDEX audit_entry_ordinal ON audit_entry (ordinal);
CREATE INDEX audit_entry_record ON audit_entry (record_type, record_id);
CREATE INDEX audit_entry_at ON audit_entry (at);

CREATE TABLE audit_seal (
  position    bigint PRIMARY KEY,
  entry_id    uuid NOT NULL UNIQUE REFERENCES audit_entry (id),
  entry_hash  bytea NOT NULL,
  chain_hash  bytea NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);

-- The answer given to a repeated POST, kept in the transaction of the act itself.
CREATE TABLE idempotency_key (
  account_id   text NOT NULL,
  key          text NOT NULL,
  operation    text NOT NULL,
  request_hash text NOT NULL,
  status       integer NOT NULL,
  answer       jsonb,
  county_code  text NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, key)
);

-- What a person sees of a long piece of work; its execution is queued in pg-boss.
CREATE TABLE job (
  id               uuid PRIMARY KEY,
  county_code      text NOT NULL,
  kind             text NOT NULL,
  title            text NOT NULL,
  account_id       text NOT NULL,
  account_name     text NOT NULL,
  state            text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  stage            text,
  done             bigint NOT NULL DEFAULT 0,
  total            bigint,
  input            jsonb NOT NULL,
  result           jsonb,
  problem          jsonb,
  cancel_requested boolean NOT NULL DEFAULT false,
  created_at       timestamptz NOT NULL,
  started_at       timestamptz,
  ended_at         timestamptz,
  recorded_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX job_recent ON job (account_id, created_at DESC);

-- Files by content; the bytes lie encrypted in the file store.
CREATE TABLE stored_file (
  sha256      text PRIMARY KEY,
  size        bigint NOT NULL,
  media_type  text NOT NULL,
  county_code text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
