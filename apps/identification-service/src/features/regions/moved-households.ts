/**
 * The lines of a code map, and the successors of the households that do not go where most of their village go: what
 * follows UPDATE or SELECT of a household `h`, its parameters $1 and $2.
 */
export const GOES = `FROM jsonb_to_recordset($1::text::jsonb) AS line("from" text, "to" text, main text, id uuid)
   WHERE h.village_code = line."from" AND line."to" = coalesce($2::text::jsonb ->> h.id::text, line.main)
     AND (h.village_code, h.village_id) IS DISTINCT FROM (line."to", line.id)`;

/** Whether a household `h` comes to another village or another code of it. */
export const MOVES = `EXISTS (SELECT ${GOES})`;
