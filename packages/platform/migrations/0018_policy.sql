-- What a county decides by document, from a day on: versions by key, shipped with the product (no county) or the county's
-- own. A version's content never changes; only its state does, from draft to approved or withdrawn.
CREATE TABLE policy (
  id                uuid PRIMARY KEY,
  county_code       text,
  region            text NOT NULL DEFAULT '',
  key               text NOT NULL,
  valid_from        date NOT NULL,
  value             jsonb NOT NULL,
  document          text NOT NULL,
  paragraph         text NOT NULL DEFAULT '',
  state             text NOT NULL CHECK (state IN ('draft', 'approved', 'withdrawn')),
  drafted_by        text NOT NULL,
  drafted_by_name   text NOT NULL,
  drafted_at        timestamptz NOT NULL,
  approved_by       text,
  approved_by_name  text,
  approved_at       timestamptz,
  withdrawn_by      text,
  withdrawn_by_name text,
  withdrawn_at      timestamptz,
  withdrawn_reason  text,
  version           integer NOT NULL DEFAULT 1,
  recorded_at       timestamptz NOT NULL DEFAULT now(),
  CHECK (county_code IS NULL OR region = ''),
  CHECK (state <> 'approved' OR (approved_by IS NOT NULL AND (county_code IS NULL OR approved_by <> drafted_by)))
);
-- One version counts on a day; the same index finds the one in force.
CREATE UNIQUE INDEX policy_in_force ON policy (key, county_code, region, valid_from) NULLS NOT DISTINCT
  WHERE state = 'approved';
CREATE INDEX policy_of_county ON policy (county_code, key);
