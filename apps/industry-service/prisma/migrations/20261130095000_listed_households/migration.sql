-- Households on the lists of contracts were not published before: the register hears of those that are there. A database
-- made for the schema alone has no outbox.
-- The statements of the block are parted by \x3B: the engine cuts a script at every one that is written.
DO E'BEGIN
  IF to_regclass(''platform.outbox_event'') IS NOT NULL THEN
    INSERT INTO platform.event_sequence (topic, key, last, xid, county_code)
    SELECT ''industry.contract'', household_id::text, count(*), pg_current_xact_id(), min(county_code)
    FROM contract_household GROUP BY household_id\x3B
    INSERT INTO platform.outbox_event (id, topic, key, sequence, type, county_code, occurred_at, data)
    SELECT uuidv7(), ''industry.contract'', m.household_id::text,
      row_number() OVER (PARTITION BY m.household_id ORDER BY m.recorded_at, m.contract_id), ''industry.contract.listed.v1'',
      m.county_code, m.recorded_at, jsonb_build_object(''contractId'', m.contract_id, ''householdId'', m.household_id,
        ''householdNumber'', m.household_number, ''entityId'', e.id, ''entityName'', e.name)
    FROM contract_household m JOIN contract c ON c.id = m.contract_id JOIN entity e ON e.id = c.entity_id
    ORDER BY m.household_id, m.recorded_at, m.contract_id\x3B
  END IF\x3B
END';
