-- The versions of pairing's policy become rows of the table that all services have alike: none is lost, and those in force
-- stay in force from their days.
INSERT INTO platform.policy (id, county_code, key, valid_from, value, document, state, drafted_by, drafted_by_name, drafted_at,
  approved_by, approved_by_name, approved_at, withdrawn_by, withdrawn_by_name, withdrawn_at, withdrawn_reason, version, recorded_at)
SELECT id, county_code, 'pairing', valid_from, content, document,
  CASE state WHEN 'draft' THEN 'draft' WHEN 'in-force' THEN 'approved' ELSE 'withdrawn' END,
  account_id, account_name, recorded_at,
  -- Who approved was not kept at first, but it was not the one who wrote.
  CASE WHEN state = 'in-force' THEN coalesce(enforcer_id, 'unknown') ELSE enforcer_id END, enforcer_name, enforced_at,
  NULL, closer_name, NULL, close_reason, version, recorded_at
FROM pairing_policy;

-- DropTable
DROP TABLE "pairing_policy";
