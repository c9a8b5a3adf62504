-- What upkeep and the queue look for: keys that are old, jobs that are not over.
CREATE INDEX idempotency_key_age ON idempotency_key (recorded_at);
CREATE INDEX job_open ON job (created_at, id) WHERE state IN ('waiting', 'running');

-- Files are found by the rows that refer to them; this list of them had neither writer nor reader.
DROP TABLE stored_file;
