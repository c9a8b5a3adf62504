-- How often the work of a job was begun: one that ends its process each time is given up.
ALTER TABLE job ADD COLUMN attempts integer NOT NULL DEFAULT 0;
