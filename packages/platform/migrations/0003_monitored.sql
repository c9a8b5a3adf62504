-- Whether the household is monitored against (falling back into) poverty and its risk is not cleared. Copies made before
-- say no until they are heard of again.
ALTER TABLE household_copy ADD COLUMN monitored boolean NOT NULL DEFAULT false;
