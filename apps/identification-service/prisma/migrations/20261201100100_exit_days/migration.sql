-- Exit days were not told before: the others hear of those the register knows, by what it told of the household last. A
-- database made for the schema alone has no outbox.
-- The statements of the block are parted by \x3B: the engine cuts a script at every one that is written.
DO E'BEGIN
  IF to_regclass(''platform.outbox_event'') IS NOT NULL THEN
    WITH known AS (
      SELECT h.id::text AS key, (SELECT CASE WHEN v.household->>''status'' IN (''registered'', ''returned'')
          THEN (v.valid_until AT TIME ZONE ''Asia/Shanghai'')::date END
        FROM household_version v WHERE v.household_id = h.id AND v.household->>''status'' <> ''exited''
        ORDER BY v.version DESC LIMIT 1) AS day
      FROM household h WHERE h.status = ''exited''
    ), told AS (
      SELECT DISTINCT ON (o.key) o.topic, o.key, o.type, o.county_code,
        o.data || jsonb_build_object(''exitedOn'', k.day) AS data
      FROM known k JOIN platform.outbox_event o ON o.key = k.key AND o.type = ''identification.household.recorded.v1''
      WHERE k.day IS NOT NULL ORDER BY o.key, o.sequence DESC
    ), numbered AS (
      INSERT INTO platform.event_sequence AS s (topic, key, last, xid, county_code)
      SELECT topic, key, 1, pg_current_xact_id(), county_code FROM told ORDER BY topic, key
      ON CONFLICT (topic, key) DO UPDATE SET last = s.last + 1, xid = greatest(s.xid, excluded.xid), recorded_at = now()
      RETURNING s.topic, s.key, s.last, s.xid
    )
    INSERT INTO platform.outbox_event (id, xid, topic, key, sequence, type, county_code, occurred_at, data)
    SELECT uuidv7(), n.xid, t.topic, t.key, n.last, t.type, t.county_code, now(), t.data
    FROM told t JOIN numbered n USING (topic, key)\x3B
  END IF\x3B
END';
