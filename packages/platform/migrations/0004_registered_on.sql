-- The day a household was announced as registered or returned by the lawful procedure; empty for those who were on the
-- register before.
ALTER TABLE household_copy ADD COLUMN registered_on date;
