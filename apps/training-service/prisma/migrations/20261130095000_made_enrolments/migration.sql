-- Enrolments were not published before: the register hears of those that are there. A database made for the schema alone
-- has no outbox.
-- The statements of the block are parted by \x3B: the engine cuts a script at every one that is written.
DO E'BEGIN
  IF to_regclass(''platform.outbox_event'') IS NOT NULL THEN
    INSERT INTO platform.event_sequence (topic, key, last, xid, county_code)
    SELECT ''training.enrolment'', household_id::text, count(*), pg_current_xact_id(), min(county_code)
    FROM enrolment WHERE withdrawn_on IS NULL GROUP BY household_id\x3B
    INSERT INTO platform.outbox_event (id, topic, key, sequence, type, county_code, occurred_at, data)
    SELECT uuidv7(), ''training.enrolment'', household_id::text,
      row_number() OVER (PARTITION BY household_id ORDER BY recorded_at, id), ''training.enrolment.made.v1'', county_code,
      recorded_at, jsonb_build_object(''enrolmentId'', id, ''classId'', class_id, ''householdId'', household_id,
        ''personId'', person_id)
    FROM enrolment WHERE withdrawn_on IS NULL ORDER BY household_id, recorded_at, id\x3B
  END IF\x3B
END';
