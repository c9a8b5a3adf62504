-- The register as a service other than identification needs it: kept by events, rebuilt from them, never typed in.
CREATE TABLE household_copy (
  id                    uuid PRIMARY KEY,
  county_code           text NOT NULL,
  number                text NOT NULL,
  village_code          text NOT NULL,
  village_name          text NOT NULL,
  township_name         text NOT NULL,
  head_name             text NOT NULL,
  status                text NOT NULL,
  category              text,
  main_cause            text,
  per_capita_income_fen bigint,
  member_count          integer NOT NULL,
  members               jsonb NOT NULL,
  withdrawn             boolean NOT NULL DEFAULT false,
  heard_at              timestamptz NOT NULL,
  recorded_at           timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX household_copy_number ON household_copy (county_code, number) WHERE NOT withdrawn;
CREATE INDEX household_copy_village ON household_copy (village_code, number, id);
CREATE INDEX household_copy_status ON household_copy (county_code, status);
