-- Changes of divisions that were heard of, so that what a household's event of before says late is read by them.
CREATE TABLE region_change (
  id          uuid PRIMARY KEY,
  county_code text NOT NULL,
  changed_at  timestamptz NOT NULL,
  data        jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX region_change_at ON region_change (changed_at);
