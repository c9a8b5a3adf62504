-- What a database keeps of its keys, sealed: a canary that shows whether a start was given the right data key, and the
-- key of its blind indexes, which stays when the data key changes.
CREATE TABLE kept_secret (
  name         text PRIMARY KEY,
  value_sealed bytea NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT now()
);

-- Puts values that were sealed again in the place of the same values sealed before, also in tables that are closed to
-- change: it reaches columns of sealed values only. It waits for nobody; rows that are busy or changed are left.
CREATE FUNCTION reseal(relation regclass, sealed_column text, places tid[], olds bytea[], news bytea[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  resealed bigint;
BEGIN
  IF sealed_column NOT LIKE '%\_sealed' THEN
    RAISE EXCEPTION 'permission denied: %.% holds no sealed values', relation, sealed_column USING ERRCODE = '42501';
  END IF;
  EXECUTE format(
    'WITH given AS (SELECT * FROM unnest($1, $2, $3) AS g (place, old, new)),
       free AS (SELECT t.ctid AS place, g.new FROM %1$s t JOIN given g ON t.ctid = g.place WHERE t.%2$I = g.old
                FOR UPDATE OF t SKIP LOCKED)
     UPDATE %1$s t SET %2$I = f.new FROM free f WHERE t.ctid = f.place', relation, sealed_column)
  USING places, olds, news;
  GET DIAGNOSTICS resealed = ROW_COUNT;
  RETURN resealed;
END $$;

-- The same for copies of rows kept as JSON: nothing but their sealed values may differ.
CREATE FUNCTION reseal_copies(relation regclass, json_column text, places tid[], olds text[], news text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  resealed bigint;
  sealed CONSTANT text := '("\w+_sealed": )"[^"]*"';
BEGIN
  IF EXISTS (SELECT FROM unnest(olds, news) AS g (old, new)
             WHERE regexp_replace(g.old, sealed, '\1', 'g') IS DISTINCT FROM regexp_replace(g.new, sealed, '\1', 'g')) THEN
    RAISE EXCEPTION 'permission denied: more than sealed values would change in %', relation USING ERRCODE = '42501';
  END IF;
  EXECUTE format(
    'WITH given AS (SELECT * FROM unnest($1, $2, $3) AS g (place, old, new)),
       free AS (SELECT t.ctid AS place, g.new FROM %1$s t JOIN given g ON t.ctid = g.place WHERE t.%2$I::text = g.old
                FOR UPDATE OF t SKIP LOCKED)
     UPDATE %1$s t SET %2$I = f.new::jsonb FROM free f WHERE t.ctid = f.place', relation, json_column)
  USING places, olds, news;
  GET DIAGNOSTICS resealed = ROW_COUNT;
  RETURN resealed;
END $$;

-- The application is granted both by name.
REVOKE ALL ON FUNCTION reseal, reseal_copies FROM PUBLIC;
