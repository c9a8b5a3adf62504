-- The day an exited household exited, counted from which it is cared for; empty for those who are not exited, and for those
-- who had exited before the platform knew them.
ALTER TABLE household_copy ADD COLUMN exited_on date;
